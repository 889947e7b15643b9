// Plays a recording: its waveform is where one taps to jump, its speed is remembered while the page lives.
import { useEffect, useRef, useState } from "react";
import { Mic, Music, Pause, Play } from "lucide-react";
import { useWords } from "./words.jsx";

const SPEEDS = [1, 1.5, 2];
const BARS = 48;
const memory = { speed: 1, playing: null };

function bars(waveform) {
  if (!waveform || waveform.length === 0) return Array(BARS).fill(24);
  return Array.from({ length: BARS }, (_, index) => waveform[Math.floor((index * waveform.length) / BARS)]);
}

export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function VoicePlayer({ file, isOurs }) {
  const words = useWords();
  const audio = useRef(null);
  const [state, setState] = useState({ isPlaying: false, at: 0, length: (file.duration_ms || 0) / 1000, isBroken: false });
  const [speed, setSpeed] = useState(memory.speed);
  const change = (news) => setState((now) => ({ ...now, ...news }));
  const { isPlaying, at, length, isBroken } = state;

  useEffect(() => () => audio.current?.pause(), []);

  const toggle = () => {
    const element = audio.current;
    if (isPlaying) return element.pause();
    if (memory.playing && memory.playing !== element) memory.playing.pause();
    memory.playing = element;
    element.playbackRate = speed;
    return element.play().catch(() => change({ isBroken: true, isPlaying: false }));
  };

  const jump = (part) => {
    const element = audio.current;
    const whole = Number.isFinite(element.duration) ? element.duration : length;
    if (whole > 0) element.currentTime = Math.min(Math.max(part, 0), 1) * whole;
    change({ at: element.currentTime });
  };

  const onTap = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    jump((event.clientX - box.left) / box.width);
  };

  const onKey = (event) => {
    const step = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
    if (!step || !length) return;
    event.preventDefault();
    jump((at + step) / length);
  };

  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
    memory.speed = next;
    audio.current.playbackRate = next;
    setSpeed(next);
  };

  const played = length > 0 ? at / length : 0;
  return (
    <div className="voice" data-testid="voice" data-playing={isPlaying}>
      <span className="voice-face" data-ours={Boolean(isOurs)}>{file.is_voice ? <Mic size={18} /> : <Music size={18} />}</span>
      <button type="button" className="voice-play" onClick={toggle} aria-label={isPlaying ? words.pause : words.play}>
        {isPlaying ? <Pause size={22} fill="currentColor" /> : <Play size={22} fill="currentColor" />}
      </button>
      <div className="voice-middle">
        <div
          className="wave"
          role="slider"
          tabIndex={0}
          aria-label={words.position}
          aria-valuemin={0}
          aria-valuemax={Math.round(length)}
          aria-valuenow={Math.round(at)}
          aria-valuetext={clock(at)}
          onClick={onTap}
          onKeyDown={onKey}
        >
          <svg viewBox={`0 0 ${BARS * 4} 28`} preserveAspectRatio="none" aria-hidden="true">
            {bars(file.waveform).map((loudness, index) => {
              const height = 3 + (Math.min(Math.max(loudness, 0), 100) / 100) * 25;
              return <rect key={index} x={index * 4 + 0.75} y={(28 - height) / 2} width={2.5} height={height} rx={1.25} data-played={index / BARS < played} />;
            })}
          </svg>
        </div>
        <small>{isBroken ? words.cannot_play : clock(isPlaying || at > 0 ? at : length)}</small>
      </div>
      <button type="button" className="voice-speed" onClick={faster} aria-label={words.speed} title={words.speed}>{String(speed).replace(".", ",")}×</button>
      <audio
        ref={audio}
        src={file.play_url || file.url}
        preload="none"
        onPlay={() => change({ isPlaying: true, isBroken: false })}
        onPause={() => change({ isPlaying: false })}
        onEnded={() => change({ isPlaying: false, at: 0 })}
        onTimeUpdate={(event) => change({ at: event.currentTarget.currentTime })}
        onLoadedMetadata={(event) => Number.isFinite(event.currentTarget.duration) && change({ length: event.currentTarget.duration })}
        onError={() => change({ isBroken: true, isPlaying: false })}
      />
    </div>
  );
}
