"""What travels with a message comes back as the same two numbers, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campotech_wa.domain.callback import CallbackData
from campotech_wa.domain.ids import MessageId

message_ids = st.integers(min_value=0, max_value=10**18 - 1)
attempts = st.integers(min_value=0, max_value=10**6 - 1)


class TestCallbackData:
    @given(message_ids, attempts)
    def test_it_comes_back_as_it_left(self, message_id: int, attempt: int) -> None:
        ours = CallbackData(MessageId(message_id), attempt)

        assert CallbackData.parse(str(ours)) == ours

    @given(message_ids, attempts)
    def test_meta_carries_it(self, message_id: int, attempt: int) -> None:
        assert len(str(CallbackData(MessageId(message_id), attempt))) <= 512

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "m",
            "m1",
            "m1.",
            "m.1",
            "1.1",
            "m1.1 ",
            " m1.1",
            "m1.1\n",
            "M1.1",
            "m-1.1",
            "m1.1.1",
            "m\N{ARABIC-INDIC DIGIT ONE}.1",
            "m1.1000000",
            "order-7",
        ],
    )
    def test_foreign_text_is_none(self, text: str) -> None:
        assert CallbackData.parse(text) is None

    @given(st.text())
    def test_any_text_is_read_without_complaint(self, text: str) -> None:
        parsed = CallbackData.parse(text)

        assert parsed is None or text.startswith(f"m{text[1:].partition('.')[0]}.")
