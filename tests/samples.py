"""Small real files of every type that the desk meets, made by the libraries that make them elsewhere too."""

import io
import math
import zipfile
from array import array
from fractions import Fraction
from functools import cache
from typing import Any, cast

import av
from PIL import Image
from pillow_heif import from_pillow  # pyright: ignore[reportUnknownVariableType]

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(64)


@cache
def picture(form: str = "JPEG", size: tuple[int, int] = (320, 200), *, orientation: int = 1) -> bytes:
    """Return a picture whose left half is red; turned as its EXIF says, and taken by somebody."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = orientation, "A camera that tells"
    target = io.BytesIO()
    if form == "HEIF":
        cast("Any", from_pillow(image)).save(target, quality=80)
    else:
        image.save(target, form, exif=exif) if form in {"JPEG", "WEBP", "PNG"} else image.save(target, form)
    return target.getvalue()


@cache
def animated(side: int = 64) -> bytes:
    """Return a sticker that moves."""
    frames = [Image.new("RGBA", (side, side), colour) for colour in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


@cache
def sound(
    container: str, codec: str, rate: int = 48000, *, seconds: float = 2.0, layout: str = "mono"
) -> bytes:
    """Return a tone that is silent in its first half."""
    target = io.BytesIO()
    result: Any
    with av.open(target, "w", format=container) as result:
        stream = result.add_stream(codec, rate, layout=layout)
        for frame in _tone(rate, seconds):
            result.mux(stream.encode(frame))
        result.mux(stream.encode(None))
    return target.getvalue()


def voice(seconds: float = 2.0) -> bytes:
    """Return a voice note as WhatsApp sends one."""
    return sound("ogg", "libopus", seconds=seconds)


def recorded() -> bytes:
    """Return what a browser records: WebM with Opus, and no length anywhere."""
    return sound("webm", "libopus")


@cache
def video(
    container: str = "mp4", codec: str = "libx264", *, rotation: int = 0, size: tuple[int, int] = (176, 144)
) -> bytes:
    """Return two seconds whose left half is red, with sound."""
    target = io.BytesIO()
    result: Any
    with av.open(target, "w", format=container) as result:
        pictures = result.add_stream(codec, 25)
        pictures.width, pictures.height = size
        pictures.pix_fmt = "yuv420p"
        if rotation:
            pictures.set_display_rotation(rotation)
        webm = container == "webm"
        hum = result.add_stream("libopus" if webm else "aac", 48000, layout="mono")
        for number in range(50):
            image = Image.new("RGB", size, "blue")
            image.paste("red", (0, 0, size[0] // 2, size[1]))
            frame = cast("Any", av.VideoFrame).from_image(image)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            result.mux(pictures.encode(frame))
        for frame in _tone(48000, 2.0):
            result.mux(hum.encode(frame))
        for stream in (pictures, hum):
            result.mux(stream.encode(None))
    return target.getvalue()


def office(folder: str) -> bytes:
    """Return the skeleton of an office file: word, xl or ppt."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/main.xml", "<main/>")
    return target.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that unfolds to more pixels than any camera has."""
    target = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(target, "PNG")
    return target.getvalue()


def _tone(rate: int, seconds: float) -> list[av.AudioFrame]:
    count = int(rate * seconds)
    half = count // 2
    samples = array("h", (0 if at < half else int(20000 * math.sin(at / 10)) for at in range(count)))
    frames: list[av.AudioFrame] = []
    for start in range(0, count, 960):
        part = samples[start : start + 960]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(part))
        frame.planes[0].update(part.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        frames.append(frame)
    return frames
