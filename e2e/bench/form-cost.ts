import { measure } from './measure.ts'
import type { Figure } from './statistics.ts'

interface FormCost {
  name: string
  compileMs: number
  keyMs: number
  controls: number
}

/** Processor time that forms take without a browser: to be compiled, and to follow one key. */
export async function benchFormCost(): Promise<Figure[]> {
  const costs = await measure<FormCost[]>('scripts/bench-forms.ts', ['--json'])
  const of = (count: number) => costs.find(({ name }) => name.startsWith(`${count} `))
  const [large, small] = [of(1000), of(100)]
  if (large === undefined || small === undefined)
    throw new Error('the forms of 100 and 1,000 controls are missing')
  const hostile = costs.filter(({ name }) => !/^\d+ ordinary/.test(name))
  const worst = (key: 'compileMs' | 'keyMs') =>
    hostile.reduce((a, b) => (b[key] > a[key] ? b : a), hostile[0] ?? large)
  return [
    ...costs
      .filter((cost) => !hostile.includes(cost))
      .flatMap(({ name, compileMs, keyMs }) => [
        { name: `form, compile, ${name}`, value: compileMs, unit: 'ms CPU' },
        { name: `form, show, resolve and check, ${name}`, value: keyMs, unit: 'ms CPU' },
      ]),
    {
      name: 'form, compile, 1,000 ÷ 100 controls',
      value: large.compileMs / small.compileMs,
      unit: '×',
      // In proportion; what is small is measured in steps.
      atMost: 20,
    },
    {
      name: 'form, compile, worst of the hostile lists ÷ 1,000 controls',
      value: worst('compileMs').compileMs / large.compileMs,
      unit: '×',
      atMost: 20,
      note: `${worst('compileMs').compileMs.toFixed(0)} ms: ${worst('compileMs').name}`,
    },
  ]
}
