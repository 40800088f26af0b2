/** How the process ends; the numbers are documented and never change their meaning. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  package: 3,
  verification: 4,
  conflict: 5,
  unreachable: 6,
  refused: 7,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What each number says, for help and documentation. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  [EXIT.done]: 'Done. A dry run ends with 0, too, when the real one would.',
  [EXIT.failed]: 'Something else failed, such as a file that can not be read.',
  [EXIT.usage]: 'The command line makes no sense: unknown command or flag, missing value.',
  [EXIT.package]: 'A package is not sound: damaged, incomplete, or over a limit.',
  [EXIT.verification]: 'A checksum or signature is wrong, or is missing where one is required.',
  [EXIT.conflict]: 'The version stands already with other content, or is in use.',
  [EXIT.unreachable]: 'The platform or the registry could not be reached or did not answer.',
  [EXIT.refused]: 'The platform or the registry refused the credentials or the rights.',
  [EXIT.interrupted]: 'Interrupted. What was done stays; the same command goes on from there.',
}
