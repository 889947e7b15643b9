"""Tell how long and how large a video is; make its poster, and a copy that every browser and Meta play."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import BinaryIO

import av
from av import AudioStream, VideoFrame, VideoStream
from av.container import InputContainer, OutputContainer
from av.frame import Frame

from campotech_wa.decoder import pictures
from campotech_wa.decoder.facts import Facts
from campotech_wa.decoder.tracks import decoded, mux, opened, seen

_POSTER_SECONDS = 0.5
"""The very first picture is often black."""

_LONGEST_SIDE = 1280
_CLOCK = Fraction(1, 90000)
"""Fine enough for pictures at uneven times, as phones record them."""

_ENCODER = {"preset": "veryfast", "crf": "26", "profile": "main", "threads": "2"}


def derive(source: BinaryIO, mime_type: str, thumbnail: BinaryIO, playable: BinaryIO) -> Iterator[Facts]:
    """Look at a video; write its poster, and a copy if browsers need one."""
    with opened(source, mime_type) as container:
        plays = mime_type == "video/mp4" and _plays_everywhere(container)
        facts = _poster(container, thumbnail)
        yield facts
    if not plays:
        to_mp4(source, mime_type, playable)
        yield replace(facts, playable_type="video/mp4")


def to_mp4(source: BinaryIO, mime_type: str, target: BinaryIO) -> None:
    """Write a video as H.264 and AAC in MP4 (sending.md 2)."""
    with opened(source, mime_type) as container:
        rotation = next(seen(container)).rotation
    with opened(source, mime_type) as container, av.open(target, "w", format="mp4") as result:
        _encode(container, result, rotation)


def _plays_everywhere(container: InputContainer) -> bool:
    """Tell whether every browser has the decoders: an iPhone's own videos, for one, play only in some."""
    sound = {stream.codec_context.name for stream in container.streams.audio}
    pictures_ = {
        (stream.codec_context.name, stream.codec_context.pix_fmt) for stream in container.streams.video
    }
    return pictures_ <= {("h264", "yuv420p"), ("h264", "yuvj420p")} and sound <= {"aac", "mp3", "mp3float"}


def _poster(container: InputContainer, target: BinaryIO) -> Facts:
    duration_ms = container.duration // 1000 if container.duration else None
    if not container.streams.video:
        return Facts(duration_ms=duration_ms)
    frame = _telling(seen(container))
    picture = frame.to_image()
    if frame.rotation:
        picture = picture.rotate(frame.rotation, expand=True)
    pictures.save(picture, target, pictures.THUMBNAIL_SIDE, quality=80)
    return Facts(width=picture.width, height=picture.height, duration_ms=duration_ms, has_thumbnail=True)


def _telling(frames: Iterator[VideoFrame]) -> VideoFrame:
    """Return the picture half a second in, or the last one of a shorter video."""
    frame = next(frames)
    for later in frames:
        frame = later
        if (later.time or 0) >= _POSTER_SECONDS:
            break
    return frame


def _encode(container: InputContainer, result: OutputContainer, rotation: int) -> None:
    source = container.streams.video[0]
    tracks: dict[int, VideoStream | AudioStream] = {source.index: _pictures(source, result, rotation)}
    for sound in container.streams.audio[:1]:
        tracks[sound.index] = result.add_stream("aac", 44100, layout="stereo")
    for packet in container.demux([stream for stream in container.streams if stream.index in tracks]):
        track = tracks[packet.stream.index]
        for frame in decoded(packet):
            mux(result, track, _fitted(frame, track))
    for track in tracks.values():
        mux(result, track, None)


def _fitted(frame: Frame, track: VideoStream | AudioStream) -> Frame:
    if isinstance(frame, VideoFrame) and isinstance(track, VideoStream):
        return frame.reformat(track.width, track.height, "yuv420p")
    return frame


def _pictures(source: VideoStream, result: OutputContainer, rotation: int) -> VideoStream:
    """Return the track of pictures: no larger than a phone shows, and turned as it was filmed."""
    track = result.add_stream("libx264", options=_ENCODER)
    track.width, track.height = _size(source.width, source.height)
    track.pix_fmt = "yuv420p"
    track.codec_context.time_base = _CLOCK
    if rotation:
        track.set_display_rotation(rotation)
    return track


def _size(width: int, height: int) -> tuple[int, int]:
    """Fit the longest side; H.264 wants even numbers."""
    scale = min(1.0, _LONGEST_SIDE / max(width, height))
    return max(2, int(width * scale) // 2 * 2), max(2, int(height * scale) // 2 * 2)
