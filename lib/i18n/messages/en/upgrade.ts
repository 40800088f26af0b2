import type { MessageTree } from '../tree.ts'

type Count = { count: number }

/** What an upgrade does to the parameters. */
export const upgrade = {
  title: 'Parameters',
  nothing: 'The parameters stay as they are.',
  reading: 'Comparing the parameters of both versions…',
  follows:
    'This installation follows the defaults. It goes on following them unless you change a value here: then the whole configuration is written.',
  unknownOld: ({ version }: { version: string }) =>
    `${version} is no longer published, so nobody knows its defaults any more. All that your configuration has counts as set by you.`,
  unknownOldFollows: ({ version }: { version: string }) =>
    `${version} is no longer published, so nobody knows its defaults any more. This installation takes those of the new version.`,
  unusable: ({ keys }: { keys: string }) =>
    `Your configuration has keys that can’t be taken along and are left out: ${keys}`,
  sections: {
    needed: {
      title: ({ count }: Count) => `Needed now (${count})`,
      text: 'The form below asks for these.',
    },
    conflict: {
      title: ({ count }: Count) => `Conflicts (${count})`,
      text: 'You set these, and the new version changes their defaults.',
      mine: 'Keep yours:',
      next: 'Take the new default:',
      all: { mine: 'Keep all of yours', new: 'Take all new defaults' },
    },
    removed: {
      title: ({ count }: Count) => `No longer there (${count})`,
      text: 'The new version does not have these. What you set is kept unless you drop it.',
      mine: 'Keep:',
      next: 'Drop it',
      all: { mine: 'Keep all', new: 'Drop all' },
    },
    follows: {
      title: ({ count }: Count) => `Follow the new default (${count})`,
      text: 'These had the old default.',
      mine: 'Keep the old value:',
      next: 'Follow the new default:',
      all: { mine: 'Keep all old values', new: 'Follow all new defaults' },
    },
    added: {
      title: ({ count }: Count) => `New (${count})`,
      text: 'The new version has these besides.',
      mine: 'Leave it out',
      next: 'Take the default:',
      all: { mine: 'Leave all out', new: 'Take all defaults' },
    },
    kept: {
      title: ({ count }: Count) => `You set, kept (${count})`,
      text: 'Your values stay, whatever the defaults are.',
      mine: 'Keep yours:',
      next: 'Take the default:',
      all: { mine: 'Keep all of yours', new: 'Take all defaults' },
    },
  },
  oldDefault: 'Old default:',
  absent: 'not set',
  hidden: 'hidden',
  hiddenChanged: 'hidden, changed',
  changedBelow: 'Changed below',
  undo: 'Undo',
  undoAt: ({ label }: { label: string }) => `Undo what was changed below: ${label}`,
  stays: 'Stays:',
  answered: 'Answered below',
  open: 'Open',
  goToFirst: 'Go to the first one',
  standing: 'As before',
  showAll: ({ count }: Count) => `Show all ${count}`,
  formTitle: ({ version }: { version: string }) => `Parameters of ${version}`,
  willBe: 'The whole configuration as it will be after the upgrade.',
  outcome: {
    title: 'Configuration before and after',
    same: 'Only the version changes; your configuration stays as it is.',
    changed: 'The version and this configuration are written together.',
    follows: ({ version }: { version: string }) =>
      `Only the version changes. The installation goes on without a configuration of its own and follows the defaults of ${version}.`,
    pinned:
      'The version and this whole configuration are written together; from then on the installation does not follow the defaults any more.',
    now: ({ version }: { version: string }) => `Now, ${version}`,
    nowDefaults: ({ version }: { version: string }) => `Now, defaults of ${version}`,
    after: ({ version }: { version: string }) => `After, ${version}`,
    afterDefaults: ({ version }: { version: string }) => `After, defaults of ${version}`,
  },
} satisfies MessageTree
