"""blocks: source lines → the tree of blocks, each with its lines.

The contract. `engine.BlockParser(grammar, found, sink).parse(lines, first)` reads lines without line ends, of which
the first is source line `first`, and returns a `nodes.Page`:

- *Structure.* With `grammar.commonmark()` it is exactly CommonMark 0.31.2's; `grammar.dialect()` adds constructs and
  changes none but components' tags. A construct is a start (by first character), a way to proceed and perhaps a
  finish, filed in a `Grammar`; see `engine` for what each may do.
- *Lines.* Every node names its first and last source line; a leaf's `lines[i]` stands on line `lines_from + i`,
  without the prefixes of the containers around it. A container's lines include those of its children.
- *Completeness.* Every line that is not blank lies within a leaf, or is a container's own line (a fence of a
  directive, a `>`). What shows nothing is an `Explained` node that says why.
- *Definitions* of links, footnotes and abbreviations are in `found`, of all of the page, once `parse` returns.
- *Cost.* Linear in the source, without recursion; nodes may be nested as deeply as the source has it.

Inline text is not looked at: leaves hold Markdown. HTML is told apart by CommonMark's seven kinds and left as it is;
`pipeline.read.elements` pairs its tags afterwards.
"""
