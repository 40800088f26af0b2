/**
 * Prints what forms cost: compiling, and what a key pressed costs (showing, resolving, checking), in milliseconds of
 * processor time (the least of some runs), for
 * forms of 10 to 1,000 controls and for hostile ones. `node scripts/bench-forms.ts [--json]`
 */
import { compileForm } from '#lib/domain/form/compile-form.ts'
import type { FormSource } from '#lib/domain/form/compile-form.ts'
import { NO_EDITS, editControl, resolveConfig } from '#lib/domain/form/config-of.ts'
import type { FormModel, FormObject } from '#lib/domain/form/form-model.ts'
import { HOSTILE_FORMS } from '#lib/domain/form/testing/hostile-forms.ts'
import { validateConfig } from '#lib/domain/form/validate-config.ts'

const RUNS = 5
const UI = 'urn:alm:descriptor:com.tectonic.ui:'

function leastMs(run: () => void): number {
  let least = Number.POSITIVE_INFINITY
  for (let count = 0; count < RUNS; count++) {
    // Of this process alone: other work on the machine does not count.
    const start = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** A form of ordinary controls, each fifth of which depends on a switch. */
function ordinary(count: number): FormSource {
  const kinds = ['text', 'number', 'booleanSwitch', 'select:a', 'password']
  return {
    config: Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index % 10}`, { on: true }])),
    descriptors: Array.from({ length: count }, (_, index) => ({
      path: `g${index % 10}.c${index}`,
      'x-descriptors': [
        `${UI}${kinds[index % kinds.length] ?? 'text'}`,
        `${UI}fieldGroup:g${index % 10}`,
        `urn:alm:descriptor:label:en:Control ${index}`,
        ...(index % 5 === 0 ? [`${UI}fieldDependency:g${index % 10}.on:true`] : []),
      ],
    })),
  }
}

function keystroke(form: FormModel, base: FormObject): void {
  const [control] = form.controls
  if (control === undefined) return
  const edits = editControl(control, base, NO_EDITS, `typed ${Math.random()}`)
  validateConfig(form, resolveConfig(form, base, edits).config)
}

interface FormCost {
  name: string
  compileMs: number
  keyMs: number
  controls: number
  notes: number
}

function costOf(name: string, source: FormSource): FormCost {
  const form = compileForm(source)
  return {
    name,
    compileMs: leastMs(() => compileForm(source)),
    keyMs: leastMs(() => {
      keystroke(form, form.defaults)
    }),
    controls: form.controls.length,
    notes: form.notes.length,
  }
}

const costs = [
  ...[10, 100, 300, 1000].map((count) => costOf(`${count} ordinary controls`, ordinary(count))),
  ...Object.entries(HOSTILE_FORMS).map(([name, make]) => costOf(name, make())),
]
if (process.argv.includes('--json')) process.stdout.write(JSON.stringify(costs))
else {
  process.stdout.write(`${''.padEnd(52)} compile keystroke\n`)
  for (const { name, compileMs, keyMs, controls, notes } of costs) {
    const cells = [compileMs, keyMs].map((ms) => ms.toFixed(1).padStart(8))
    process.stdout.write(`${name.padEnd(52)}${cells.join('')}  ${controls} controls, ${notes} notes\n`)
  }
}
