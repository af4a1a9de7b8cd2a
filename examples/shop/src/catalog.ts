/** A lamp, and the hour of the night that its light is made for. */
export interface Lamp {
  id: LampId
  name: string
  /** The hour, as `HH:MM`. */
  hour: string
  /** What it is, in three words or so. */
  kind: string
  /** One sentence for the grid. */
  line: string
  /** A paragraph for its own page. */
  story: string
  priceCents: number
  /** Colour temperature. */
  kelvin: number
  /** Brightness. */
  lumens: number
  material: string
}

export type LampId = 'vigil' | 'kettle' | 'marginalia' | 'harbour' | 'sill' | 'daybreak'

export const CURRENCY = 'EUR'

/** All that the shop sells, from deep night to sunrise. */
export const LAMPS: readonly Lamp[] = [
  {
    id: 'vigil',
    name: 'Vigil',
    hour: '03:10',
    kind: 'Night light',
    line: 'Just enough to find the stairs.',
    story:
      'For the walk to the kitchen, the crying child, the glass of water. Vigil gives less light than a candle, from below the eyes, so that whoever is half asleep stays half asleep.',
    priceCents: 2_400,
    kelvin: 1_800,
    lumens: 12,
    material: 'Unglazed stoneware',
  },
  {
    id: 'kettle',
    name: 'Kettle',
    hour: '04:05',
    kind: 'Kitchen pendant',
    line: 'A small circle, the size of one cup.',
    story:
      'Bakers asked for this one. It hangs low, and lights the worktop and nothing else: flour, dough, the first coffee. The rest of the house does not notice that anyone is up.',
    priceCents: 5_800,
    kelvin: 2_200,
    lumens: 160,
    material: 'Enamelled steel',
  },
  {
    id: 'marginalia',
    name: 'Marginalia',
    hour: '04:40',
    kind: 'Reading lamp',
    line: 'Falls on the page, and not on the sleeper.',
    story:
      'A narrow beam on a long arm, for those who read when they should not. It turns by a finger, stays where it is left, and keeps the other half of the bed in the dark.',
    priceCents: 8_900,
    kelvin: 2_400,
    lumens: 320,
    material: 'Ash and brass',
  },
  {
    id: 'harbour',
    name: 'Harbour',
    hour: '05:15',
    kind: 'Carried lantern',
    line: 'For the first boat, or the last mile home.',
    story:
      'Twelve hours on one charge, rain on any side of it, and a handle that fits a glove. Harbour was drawn for people who are outside before the street lamps go off.',
    priceCents: 7_200,
    kelvin: 2_000,
    lumens: 90,
    material: 'Brass, ribbed glass',
  },
  {
    id: 'sill',
    name: 'Sill',
    hour: '05:35',
    kind: 'Window globe',
    line: 'Tells the street that somebody is awake.',
    story:
      'A globe of opal glass for the windowsill. It grows brighter over twenty minutes, at the pace of the sky behind it, so that nobody can say when exactly the day began.',
    priceCents: 6_400,
    kelvin: 2_700,
    lumens: 240,
    material: 'Opal glass',
  },
  {
    id: 'daybreak',
    name: 'Daybreak',
    hour: '06:05',
    kind: 'Floor lamp',
    line: 'The sun, ten minutes early.',
    story:
      'A disc as wide as an arm is long, which rises from ember to full day. People in the north stand it at the foot of the bed from November on, and set no alarm.',
    priceCents: 14_900,
    kelvin: 3_000,
    lumens: 800,
    material: 'Spun aluminium',
  },
]

export function findLamp(id: unknown): Lamp | undefined {
  return LAMPS.find((lamp) => lamp.id === id)
}
