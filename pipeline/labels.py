"""The few words that a deck adds of its own, in the page's language."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pipeline.model.document import CalloutKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words of one language; `callouts` stand in the order of `CalloutKind`."""

    agenda: str
    references: str
    linked: str
    slide: str
    source: str
    figure: str
    table: str
    silent: str
    callouts: tuple[str, str, str, str, str, str, str]

    def callout(self, kind: CalloutKind) -> str:
        """The word that heads a callout of that kind."""
        return self.callouts[tuple(CalloutKind).index(kind)]


_ENGLISH: Final = Labels(
    agenda="Agenda",
    references="References",
    linked="Linked on the slides",
    slide="slide",
    source="Source",
    figure="Figure",
    table="Table",
    silent="the page does not say",
    callouts=("Note", "Info", "Tip", "Important", "Warning", "Danger", "Details"),
)
_LABELS: Final = MappingProxyType(
    {
        "en": _ENGLISH,
        "zh": Labels(
            agenda="目录",
            references="参考资料",
            linked="幻灯片中的链接",
            slide="幻灯片",
            source="来源",
            figure="图",
            table="表",
            silent="本页未说明",
            callouts=("注意", "信息", "提示", "重要", "警告", "危险", "详情"),
        ),
        "ja": Labels(
            agenda="目次",
            references="参考資料",
            linked="スライド内のリンク",
            slide="スライド",
            source="出典",
            figure="図",
            table="表",
            silent="記載なし",
            callouts=("メモ", "情報", "ヒント", "重要", "警告", "危険", "詳細"),
        ),
        "de": Labels(
            agenda="Inhalt",
            references="Quellen",
            linked="Auf den Folien verlinkt",
            slide="Folie",
            source="Quelle",
            figure="Abbildung",
            table="Tabelle",
            silent="die Seite sagt es nicht",
            callouts=("Hinweis", "Info", "Tipp", "Wichtig", "Warnung", "Gefahr", "Details"),
        ),
        "fr": Labels(
            agenda="Sommaire",
            references="Références",
            linked="Liens dans les diapositives",
            slide="diapo",
            source="Source",
            figure="Figure",
            table="Tableau",
            silent="la page ne le dit pas",
            callouts=("Remarque", "Info", "Astuce", "Important", "Attention", "Danger", "Détails"),
        ),
        "es": Labels(
            agenda="Contenido",
            references="Referencias",
            linked="Enlaces en las diapositivas",
            slide="diapositiva",
            source="Fuente",
            figure="Figura",
            table="Tabla",
            silent="la página no lo dice",
            callouts=("Nota", "Información", "Consejo", "Importante", "Advertencia", "Peligro", "Detalles"),
        ),
    }
)


def labels_for(language: str) -> Labels:
    """The labels of a language by its BCP 47 tag, English where it has none."""
    return _LABELS.get(language.split("-", maxsplit=1)[0].casefold(), _ENGLISH)
