"""powerpoint: the parts of a .pptx file, each made from the plan or the theme."""
