"""A player gets the part of a file that it asks for, and never more than there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.ranges import Span, asked

WHOLE = Span(0, 1000)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", WHOLE),
        ("bytes=0-", WHOLE),
        ("bytes=0-0", Span(0, 1)),
        ("bytes=0-1", Span(0, 2)),
        ("bytes=500-", Span(500, 500)),
        ("bytes=999-5000", Span(999, 1)),
        ("bytes=-100", Span(900, 100)),
        ("bytes=-5000", WHOLE),
        ("bytes=1000-", None),
        ("bytes=-0", None),
        ("bytes=5-2", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("lines=0-1", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=\u0661-\u0662", WHOLE),
        ("bytes=" + "9" * 30 + "-", WHOLE),
    ],
)
def test_a_header_asks_for_a_part(header: str, span: Span | None) -> None:
    assert asked(header, 1000) == span


@given(st.from_regex(r"bytes=[0-9]{0,5}-[0-9]{0,5}", fullmatch=True), st.integers(1, 20_000))
def test_a_part_lies_within_the_file(header: str, size: int) -> None:
    span = asked(header, size)

    assert span is None or (span.start >= 0 and span.length > 0 and span.start + span.length <= size)


def test_an_empty_file_has_no_parts() -> None:
    assert asked("", 0) == Span(0, 0)
    assert asked("bytes=0-", 0) is None
