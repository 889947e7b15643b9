"""Tell how long a recording is and how loud where; write it as a voice note, or as what every browser plays."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

import av
from av import AudioFrame, AudioResampler, AudioStream

from campotech_wa.decoder.facts import Facts
from campotech_wa.decoder.tracks import heard, mux, opened

PLAYED_EVERYWHERE = frozenset({"audio/mpeg", "audio/mp4", "audio/aac", "audio/wav"})

BARS = 60
_RATE = 8000
"""Samples a second that are enough to see loudness."""

_SPAN = _RATE // 50
"""Samples that one peak stands for."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a recording is written."""

    container: str
    codec: str
    rate: int
    layout: str
    bits: int
    """A second."""


FORMS = {
    # Meta takes Ogg only with Opus in one channel (sending.md 2).
    "audio/ogg": Form("ogg", "libopus", 48000, "mono", 32000),
    "audio/mp4": Form("mp4", "aac", 44100, "stereo", 96000),
}


def derive(source: BinaryIO, mime_type: str, playable: BinaryIO) -> Iterator[Facts]:
    """Listen to a recording; write a copy if browsers need one."""
    facts = listen(source, mime_type)
    yield facts
    if mime_type not in PLAYED_EVERYWHERE:
        write(source, mime_type, playable, FORMS["audio/mp4"])
        yield replace(facts, playable_type="audio/mp4")


def listen(source: BinaryIO, mime_type: str) -> Facts:
    """Return length and loudness, both from the sound itself: recorders in browsers write no length."""
    samples = 0
    peaks: list[int] = []
    resampler = AudioResampler(format="s16", layout="mono", rate=_RATE)
    with opened(source, mime_type) as container:
        for frame in heard(container):
            for part in resampler.resample(frame):
                samples += part.samples
                peaks += _peaks(part)
    return Facts(duration_ms=samples * 1000 // _RATE, waveform=tuple(bars(peaks)))


def bars(peaks: list[int]) -> list[int]:
    """Return the loudest of each sixtieth, relative to the loudest of all, 0 to 100."""
    loudest = max(peaks, default=0) or 1
    count = min(BARS, len(peaks))
    spans = (peaks[at * len(peaks) // count : (at + 1) * len(peaks) // count] for at in range(count))
    return [max(span) * 100 // loudest for span in spans]


def write(source: BinaryIO, mime_type: str, target: BinaryIO, form: Form) -> None:
    """Write the sound of a file in another form."""
    with opened(source, mime_type) as container, av.open(target, "w", format=form.container) as result:
        stream = cast("AudioStream", result.add_stream(form.codec, form.rate, layout=form.layout))
        stream.bit_rate = form.bits
        for frame in heard(container):
            # The encoder numbers samples itself: a recording that pauses or starts late plays without a gap.
            frame.pts = None
            mux(result, stream, frame)
        mux(result, stream, None)


def _peaks(frame: AudioFrame) -> Iterator[int]:
    """Yield the loudest of each span: a frame of some formats lasts for seconds."""
    samples = array("h", bytes(frame.planes[0])[: 2 * frame.samples])
    for start in range(0, len(samples), _SPAN):
        span = samples[start : start + _SPAN]
        yield max(max(span), -min(span))  # noqa: PLW3301  (an array is no argument list)
