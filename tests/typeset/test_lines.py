"""Lines: nothing is lost, nothing is too wide, and they break where a reader would."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.model.fitted import Baseline, Line, Run
from pipeline.theme import Face, load_theme
from pipeline.typeset import Typesetter, clusters, east_asian, right_to_left, split_runs
from pipeline.units import Emu, Pt

SIZE = Pt.from_points(20)
TYPESETTER = Typesetter(load_theme("default"))


def broken(text: str, ems: float, **appearance: object) -> list[str]:
    """The text's lines, in a measure of so many ems."""
    lines = TYPESETTER.lines([replace(Run(text=text), **appearance)], SIZE, measure(ems))
    return ["".join(run.text for run in line.runs) for line in lines]


def measure(ems: float) -> Emu:
    """A width that leaves room for so many full-width characters."""
    return Emu(round(ems * SIZE.emu / (1 - Typesetter.MARGIN)) + 1)


def joined(lines: tuple[Line, ...]) -> str:
    return "".join("".join(run.text for run in line.runs) + ("\n" if line.hard else "") for line in lines)


runs = st.lists(
    st.builds(
        Run,
        text=st.text(
            alphabet=st.one_of(
                st.sampled_from("abc xyz  \n-/.,()%1 「」。、，容器カー한국어 שלום عربي é👩‍🚀\u00a0\u200b\u0301\t"),
                st.characters(codec="utf-8"),
            ),
            max_size=60,
        ),
        face=st.sampled_from([Face.SANS, Face.MONO]),
        bold=st.booleans(),
        baseline=st.sampled_from(Baseline),
    ),
    max_size=6,
)


@settings(deadline=None)  # a font is opened when it is first needed
@given(runs=runs, ems=st.floats(min_value=0.1, max_value=40))
def test_the_lines_joined_are_the_text_in_its_own_appearance(runs: list[Run], ems: float) -> None:
    lines = TYPESETTER.lines(runs, SIZE, measure(ems))
    assert lines
    assert joined(lines) == "".join(run.text for run in runs)
    characters = [(char, replace(run, text="")) for run in runs for char in run.text if char != "\n"]
    assert [(char, replace(run, text="")) for line in lines for run in line.runs for char in run.text] == characters


@settings(deadline=None)  # a font is opened when it is first needed
@given(runs=runs, ems=st.floats(min_value=8, max_value=40))
def test_no_line_is_wider_than_the_margin_allows(runs: list[Run], ems: float) -> None:
    width = measure(ems)
    for line in TYPESETTER.lines(runs, SIZE, width):
        single = len(list(clusters("".join(run.text for run in line.runs).strip()))) <= 1
        assert single or line.width <= width * (1 - Typesetter.MARGIN) + 1


@settings(deadline=None)  # a font is opened when it is first needed
@given(runs=runs)
def test_a_line_is_as_wide_as_its_text_without_the_space_at_its_end(runs: list[Run]) -> None:
    for line in TYPESETTER.lines(runs, SIZE, measure(1000)):
        assert line.width <= TYPESETTER.width(line.runs, SIZE) + 2


def test_empty_text_is_one_empty_line() -> None:
    for empty in ([], [Run(text="")]):
        (line,) = TYPESETTER.lines(empty, SIZE, measure(10))
        assert line == Line(runs=(), width=Emu(0))


def test_a_newline_ends_a_line_and_is_marked() -> None:
    lines = TYPESETTER.lines([Run(text="one\n"), Run(text="\ntwo", bold=True)], SIZE, measure(20))
    assert [(joined((line,)), line.hard) for line in lines] == [("one\n", True), ("\n", True), ("two", False)]


def test_lines_break_at_spaces_which_stay_behind() -> None:
    assert broken("one two three four", 4.5) == ["one two ", "three four"]


def test_a_line_takes_as_much_as_fits() -> None:
    text = "a container shares the kernel of its host " * 5
    lines = TYPESETTER.lines([Run(text=text)], SIZE, measure(15))
    allowed = measure(15) * (1 - Typesetter.MARGIN)
    for line, following in pairwise(lines):
        first_word = "".join(run.text for run in following.runs).split()[0]
        assert line.width + TYPESETTER.width([Run(text=" " + first_word)], SIZE) > allowed


def test_no_break_characters_hold() -> None:
    assert broken("a ten\u00a0km run", 3.6) == ["a ", "ten\u00a0km ", "run"]
    assert broken("非\u2060常", 1) == ["非\u2060", "常"]  # too wide for a line: cut between clusters all the same


def test_hyphens_between_letters_may_end_a_line_but_not_those_of_options_or_numbers() -> None:
    assert broken("well-known", 3) == ["well-", "known"]
    assert broken("use --force", 3.5) == ["use ", "--force"]
    assert broken("an x86-64 thing", 3.6)[1] == "x86-64 "


def test_a_word_too_wide_starts_a_line_and_is_cut_by_clusters() -> None:
    lines = broken("a " + "m" * 30, 8)
    assert lines[0] == "a "
    assert len(lines) > 3
    assert all(set(line) == {"m"} for line in lines[1:])


def test_clusters_are_never_cut() -> None:
    assert broken("e\u0301" * 20, 2, face=Face.MONO)[0].startswith("e\u0301e\u0301")
    assert all(not line.startswith("\u0301") for line in broken("e\u0301" * 20, 2))
    family = "👩\u200d👩\u200d👧"
    assert "".join(broken(family * 6, 3)).count(family) == 6
    assert all(line.replace(family, "") == "" for line in broken(family * 6, 3))


def test_an_address_too_wide_is_cut_after_its_slashes() -> None:
    lines = broken("see https://example.com/docs/guides/installation/linux", 12)
    assert lines[0] == "see "
    assert all(line.endswith("/") for line in lines[1:-1])


def test_an_address_that_fits_a_line_is_kept_whole() -> None:
    assert broken("see https://example.com/", 11) == ["see ", "https://example.com/"]


def test_words_of_several_runs_do_not_break_between_them() -> None:
    parts = [Run(text="one con"), Run(text="tain", bold=True), Run(text="er two")]
    lines = TYPESETTER.lines(parts, SIZE, measure(5))
    assert [joined((line,)) for line in lines] == ["one ", "container ", "two"]
    assert [run.bold for run in lines[1].runs] == [False, True, False]


def test_code_keeps_its_indent() -> None:
    lines = broken("    return first(second, third)", 12, face=Face.MONO)
    assert lines[0].startswith("    return")


def test_chinese_breaks_between_characters() -> None:
    assert broken("容器共享主机的内核", 4) == ["容器共享", "主机的内", "核"]


@pytest.mark.parametrize("mark", "。，、；：？！）」』】》”’…ーょっ％")
def test_no_line_starts_with_what_closes(mark: str) -> None:
    assert broken(f"容器共享{mark}内核", 4)[1][0] == "享"


@pytest.mark.parametrize("mark", "（「『【《“￥")
def test_no_line_ends_with_what_opens(mark: str) -> None:
    assert broken(f"容器共{mark}享内核", 4)[1][0] == mark


def test_dashes_and_dots_in_pairs_stay_together() -> None:
    assert broken("容器共——享", 4) == ["容器", "共——享"]
    assert broken("容器共享……内", 5) == ["容器共", "享……内"]


def test_latin_words_within_chinese_stay_whole() -> None:
    assert broken("使用Docker容器", 4) == ["使用", "Docker", "容器"]


def test_room_is_kept_where_scripts_meet() -> None:
    plain, mixed = [Run(text="容器")], [Run(text="容"), Run(text="a"), Run(text="器")]
    letter = TYPESETTER.width([Run(text="a")], SIZE)
    assert TYPESETTER.width(mixed, SIZE) - TYPESETTER.width(plain, SIZE) - letter == pytest.approx(
        2 * 0.25 * SIZE.emu, abs=3
    )
    assert broken("容a器容a器", 6.1) == ["容a器容a", "器"]
    (line,) = TYPESETTER.lines([Run(text="容 a 器")], SIZE, measure(9))
    assert line.width == pytest.approx(TYPESETTER.width([Run(text="容 a 器")], SIZE), abs=3)


def test_korean_words_meet_at_spaces_without_more_room() -> None:
    space = TYPESETTER.width([Run(text=" ")], SIZE)
    word = TYPESETTER.width([Run(text="커널")], SIZE)
    assert TYPESETTER.width([Run(text="커널 커널")], SIZE) == pytest.approx(2 * word + space, abs=3)


def test_japanese_keeps_small_kana_and_marks_of_length() -> None:
    assert broken("コンピューター", 5) == ["コンピュ", "ーター"] or broken("コンピューター", 5)[1][0] not in "ーュ"


def test_korean_breaks_at_spaces() -> None:
    assert broken("컨테이너는 호스트의 커널을", 6) == ["컨테이너는 ", "호스트의 ", "커널을"]


def test_french_punctuation_stays_with_its_word() -> None:
    assert broken("bonjour tous !", 5.6) == ["bonjour ", "tous !"]


def test_two_processes_break_alike() -> None:
    code = (
        "from pipeline.typeset import Typesetter; from pipeline.theme import load_theme;"
        "from pipeline.model.fitted import Run; from pipeline.units import Emu, Pt;"
        "typesetter = Typesetter(load_theme('default'));"
        "text = 'A container 共享主机的内核 נואה ✓ नमस्ते ' * 9;"
        "print(ascii(typesetter.lines([Run(text=text)], Pt(2000), Emu.from_inches(3))), typesetter.missing())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_scripts_are_told_apart() -> None:
    assert east_asian("a 容")
    assert east_asian("カナ")
    assert east_asian("한")
    assert not east_asian("plain – “text”")
    assert right_to_left("… שלום")
    assert not right_to_left("abc שלום")
    assert not right_to_left("123")


def test_a_run_is_split_by_the_faces_of_its_characters() -> None:
    run = Run(text="use “容器” not שלום, ok", face=Face.MONO)
    assert split_runs(run) == (
        ("use “", Face.MONO),
        ("容器”", Face.EAST_ASIAN),
        (" not ", Face.MONO),
        ("שלום", Face.COMPLEX),
        (", ok", Face.MONO),
    )
    assert split_runs(Run(text="")) == ()


def test_a_long_word_is_not_broken_behind_a_backslash_or_within_an_address_of_numbers() -> None:
    for width in range(4, 12):
        assert not any(line.endswith("\\") for line in broken(r"\w+\d{2}\s*\w+\d{2}\s*", width))
    lines = broken("http://10.0.1.10:2380,http://10.0.1.11:2380,http://10.0.1.12:2380", 13)
    assert len(lines) > 1
    assert all(line.endswith((",", "/", "2380")) for line in lines)


def test_lines_behind_the_first_have_less_room_where_they_hang() -> None:
    text = "kettle " * 30
    hanging = Emu(4 * SIZE.emu)
    plain = TYPESETTER.lines([Run(text=text)], SIZE, measure(12))
    hung = TYPESETTER.lines([Run(text=text)], SIZE, measure(12), hanging)
    assert hung[0] == plain[0]
    assert joined(hung) == text
    assert max(line.width for line in hung[1:]) <= 8 * SIZE.emu < plain[1].width


@pytest.mark.parametrize("sign", ["\\", "{", "=>", "||"])
def test_a_sign_at_the_end_is_not_left_alone_on_a_line(sign: str) -> None:
    lines = broken(f"pour the tea {sign}", 6.6, face=Face.MONO)
    assert lines == ["pour the ", f"tea {sign}"]
