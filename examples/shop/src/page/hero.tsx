/** Stars of the hero's sky: x and y in its picture, and size. */
const STARS = [
  [70, 60, 1.2],
  [150, 130, 0.9],
  [232, 42, 1.4],
  [330, 96, 0.8],
  [420, 34, 1.1],
  [505, 120, 0.9],
  [590, 58, 1.5],
  [668, 22, 0.8],
  [735, 104, 1.1],
  [812, 50, 0.9],
  [880, 90, 1.3],
  [118, 20, 0.8],
  [460, 78, 0.7],
  [300, 158, 0.7],
  [690, 150, 0.7],
] as const

/** What the shop is, before a sky that is about to have a sun in it. */
export function Hero() {
  return (
    <section className="hero">
      <svg
        className="hero__sky"
        viewBox="0 0 920 360"
        preserveAspectRatio="xMidYMax slice"
        aria-hidden="true"
      >
        <defs>
          <radialGradient
            id="hero-dawn"
            gradientUnits="userSpaceOnUse"
            cx="0"
            cy="0"
            r="1"
            gradientTransform="matrix(430 0 0 236 660 300)"
          >
            <stop stopColor="#ffd08f" />
            <stop offset=".2" stopColor="#f7955f" stopOpacity=".9" />
            <stop offset=".5" stopColor="#b1507a" stopOpacity=".5" />
            <stop offset="1" stopColor="#2a1f5c" stopOpacity="0" />
          </radialGradient>
        </defs>
        <rect width="920" height="360" fill="url(#hero-dawn)" />
        <g fill="#fff">
          {STARS.map(([x, y, size]) => (
            <circle key={x} cx={x} cy={y} r={size} opacity={size / 1.8} />
          ))}
        </g>
        <path d="M0 296c120-34 236-30 340 0 96 27 190 34 300 8 100-24 190-20 280-2v58H0z" fill="#1d1439" />
        <path d="M0 338c120-30 230-34 340-14 130 24 230 6 330-6 100-12 180 2 250 16v26H0z" fill="#0c0a20" />
        <path d="M440 306v-19l12-11 12 11v19z" fill="#0c0a20" />
        <path d="M448 290h8v9h-8z" fill="#ffc37d" />
      </svg>
      <div className="hero__words">
        <h1>Lamps for the hours before sunrise</h1>
        <p>Six lamps, each made for one hour of the early morning, and for whoever is up by then.</p>
      </div>
    </section>
  )
}
