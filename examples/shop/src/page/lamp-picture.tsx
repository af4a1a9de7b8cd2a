import { useId, type ReactNode } from 'react'
import type { LampId } from '../catalog'

/** The sky behind each lamp at its hour, from the top to the horizon, and the colour of its light. */
const LIGHT: Record<LampId, { sky: [string, string, string]; glow: string }> = {
  vigil: { sky: ['#060819', '#0b0e2a', '#15153c'], glow: '#ff9248' },
  kettle: { sky: ['#090c27', '#12153d', '#252250'], glow: '#ffa352' },
  marginalia: { sky: ['#0f1338', '#231f54', '#46305f'], glow: '#ffb066' },
  harbour: { sky: ['#171b49', '#3c2d66', '#7c4570'], glow: '#ff9f4d' },
  sill: { sky: ['#242a5e', '#5b407a', '#b8636f'], glow: '#ffd096' },
  daybreak: { sky: ['#3b4583', '#8f5f8c', '#eb9a74'], glow: '#ffdca8' },
}

/** A lamp, lit, at its hour. A picture beside a name is decoration, so it has no text of its own. */
export function LampPicture({ id }: { id: LampId }) {
  const name = useId()
  const { sky, glow } = LIGHT[id]
  const { light, lamp, shine } = SHAPES[id]
  return (
    <svg
      className="lamp-picture"
      viewBox="0 0 240 280"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      style={{ color: glow }}
    >
      <defs>
        <linearGradient id={`${name}-sky`} x2="0" y2="1">
          <stop stopColor={sky[0]} />
          <stop offset=".6" stopColor={sky[1]} />
          <stop offset="1" stopColor={sky[2]} />
        </linearGradient>
        <radialGradient id={`${name}-glow`}>
          <stop stopColor={glow} stopOpacity=".75" />
          <stop offset=".35" stopColor={glow} stopOpacity=".26" />
          <stop offset="1" stopColor={glow} stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${name}-beam`} x2="0" y2="1">
          <stop stopColor={glow} stopOpacity=".55" />
          <stop offset="1" stopColor={glow} stopOpacity=".04" />
        </linearGradient>
      </defs>
      <rect width="240" height="280" fill={`url(#${name}-sky)`} />
      <rect y="236" width="240" height="44" fill="#05060f" opacity=".55" />
      <rect y="236" width="240" height="1.2" fill={glow} opacity=".35" />
      <g className="lamp-picture__light">
        <circle cx={light.x} cy={light.y} r={light.r} fill={`url(#${name}-glow)`} />
        {shine && <path d={shine} fill={`url(#${name}-beam)`} />}
        <ellipse cx={light.x} cy="240" rx={light.r * 0.62} ry="9" fill={glow} opacity=".28" />
      </g>
      {lamp}
    </svg>
  )
}

/** Where a lamp's light is, the beam that it throws, and the lamp itself. `currentColor` is the colour of its light. */
const SHAPES: Record<
  LampId,
  { light: { x: number; y: number; r: number }; shine?: string; lamp: ReactNode }
> = {
  vigil: {
    light: { x: 120, y: 196, r: 92 },
    lamp: (
      <>
        <path d="M104 238c0-14 5-28 7-40h18c2 12 7 26 7 40z" fill="#b89f88" />
        <path d="M104 238c0-14 5-28 7-40h6c-3 13-6 27-6 40z" fill="#8c7564" />
        <path d="M74 196c2-32 22-49 46-49s44 17 46 49c-14 7-78 7-92 0z" fill="#d8c2a9" />
        <path d="M74 196c2-32 22-49 46-49-18 6-29 24-30 54-7-1-13-3-16-5z" fill="#b39a83" />
        <ellipse cx="120" cy="199" rx="36" ry="4.5" fill="currentColor" />
      </>
    ),
  },
  kettle: {
    light: { x: 120, y: 136, r: 100 },
    shine: 'M84 132 46 238h148l-38-106z',
    lamp: (
      <>
        <path d="M120 0v72" stroke="#0a0b1c" strokeWidth="3" />
        <rect x="113" y="66" width="14" height="15" rx="3" fill="#c08a52" />
        <path d="M78 130c0-30 18-46 34-50h16c16 4 34 20 34 50z" fill="#2f5d62" />
        <path d="M78 130c0-30 18-46 34-50h6c-14 8-24 24-25 50z" fill="#234a50" />
        <ellipse cx="120" cy="130" rx="42" ry="6" fill="currentColor" />
        <path d="M107 214h26v16a8 8 0 0 1-8 8h-10a8 8 0 0 1-8-8z" fill="#ece1d3" />
        <path d="M133 218h4a6 6 0 0 1 0 12h-5" fill="none" stroke="#ece1d3" strokeWidth="3.5" />
        <path
          d="M115 206c-4-6 4-8 0-15M125 206c-4-6 4-8 0-15"
          fill="none"
          stroke="#fff"
          strokeWidth="2"
          strokeLinecap="round"
          opacity=".4"
        />
      </>
    ),
  },
  marginalia: {
    light: { x: 158, y: 128, r: 88 },
    shine: 'M141 134 112 238h106l-43-110z',
    lamp: (
      <>
        <rect x="48" y="230" width="58" height="8" rx="4" fill="#1a1526" />
        <path
          d="M77 232 62 142l82-44"
          fill="none"
          stroke="#c9a06a"
          strokeWidth="5.5"
          strokeLinejoin="round"
        />
        <circle cx="62" cy="142" r="6.5" fill="#8a6a3f" />
        <circle cx="144" cy="98" r="6" fill="#8a6a3f" />
        <path d="m140 96 14-4 26 32-44 14z" fill="#d9b27c" />
        <path d="m140 96 6-2-2 42-8 2z" fill="#b18a55" />
        <ellipse cx="158" cy="131" rx="23.5" ry="4.5" transform="rotate(-17.5 158 131)" fill="currentColor" />
        <path d="M126 236c12-7 28-7 37 0 9-7 25-7 37 0v-5c-12-7-28-7-37 0-9-7-25-7-37 0z" fill="#f3e7d6" />
      </>
    ),
  },
  harbour: {
    light: { x: 120, y: 164, r: 104 },
    lamp: (
      <>
        <path d="M90 122c0-50 60-50 60 0" fill="none" stroke="#caa15f" strokeWidth="4" />
        <path d="m86 128 18-18h32l18 18z" fill="#b98d4b" />
        <rect x="112" y="98" width="16" height="13" rx="3" fill="#8f6a35" />
        <rect x="90" y="128" width="60" height="82" rx="7" fill="currentColor" opacity=".92" />
        <rect x="108" y="140" width="24" height="60" rx="12" fill="#fff7e6" />
        <path d="M99 129v80M141 129v80" stroke="#8f6a35" strokeWidth="2.5" opacity=".55" />
        <path d="M90 152h60M90 186h60" stroke="#8f6a35" strokeWidth="2.5" opacity=".55" />
        <path d="M84 210h72l5 28H79z" fill="#b98d4b" />
        <path d="M84 210h18l-3 28H79z" fill="#8f6a35" />
      </>
    ),
  },
  sill: {
    light: { x: 120, y: 178, r: 112 },
    lamp: (
      <>
        <path d="M36 0v236M204 0v236M120 0v236M36 96h168" stroke="#15122b" strokeWidth="6" opacity=".75" />
        <path d="M20 236h200v10H20z" fill="#15122b" />
        <circle cx="120" cy="180" r="47" fill="#fff3df" />
        <circle cx="120" cy="180" r="47" fill="currentColor" opacity=".42" />
        <ellipse cx="104" cy="162" rx="17" ry="13" fill="#fff" opacity=".75" />
        <path d="M100 222h40l6 15H94z" fill="#b98d4b" />
      </>
    ),
  },
  daybreak: {
    light: { x: 120, y: 120, r: 134 },
    lamp: (
      <>
        <path d="M120 168v72" stroke="#2a1c3c" strokeWidth="5" />
        <ellipse cx="120" cy="242" rx="38" ry="6" fill="#2a1c3c" />
        <circle cx="120" cy="120" r="62" fill="#fff1d6" />
        <circle cx="120" cy="120" r="62" fill="currentColor" opacity=".4" />
        <circle cx="120" cy="120" r="44" fill="#fff8ea" opacity=".85" />
        <circle cx="120" cy="120" r="62" fill="none" stroke="#d9a35f" strokeWidth="3" />
      </>
    ),
  },
}
