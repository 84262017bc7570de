"""Languages in which diagrams are written as code: they are shown as source under their name, as nothing draws them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_DIAGRAMS: Final = MappingProxyType(
    {
        "blockdiag": "BlockDiag",
        "bpmn": "BPMN",
        "bytefield": "Bytefield",
        "c4plantuml": "C4-PlantUML",
        "d2": "D2",
        "dbml": "DBML",
        "ditaa": "Ditaa",
        "dot": "Graphviz",
        "echarts": "ECharts",
        "erd": "Erd",
        "flowchart": "Flowchart",
        "goat": "GoAT",
        "graphviz": "Graphviz",
        "markmap": "Markmap",
        "mermaid": "Mermaid",
        "nomnoml": "Nomnoml",
        "nwdiag": "NwDiag",
        "pikchr": "Pikchr",
        "plantuml": "PlantUML",
        "puml": "PlantUML",
        "seqdiag": "SeqDiag",
        "structurizr": "Structurizr",
        "svgbob": "Svgbob",
        "tikz": "TikZ",
        "vega": "Vega",
        "vega-lite": "Vega-Lite",
        "wavedrom": "WaveDrom",
    }
)


def diagram_name(language: str) -> str:
    """What the diagram language is called; nothing if it is none."""
    return _DIAGRAMS.get(language.lower().removeprefix("kroki-"), "")
