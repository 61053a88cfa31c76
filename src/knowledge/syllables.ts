/**
 * What a written Vietnamese syllable looks like without its marks: an onset and a rime. Used to tell a slip of
 * a typing method, a misspelling or two words run together from a word that merely is not in the entries.
 */

const ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ");

const RIMES = (
  "a ac ach ai am an ang anh ao ap at au ay " +
  "e ec em en eng eo ep et eu ech enh " +
  "i ia ich im in inh ip it iu iec iem ien ieng iep iet ieu " +
  "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong op ot " +
  "u ua uan uang uat uay uc ue uech uen uenh ueu ui uia um un ung uo uoc uoi uom uon uong uop uot uou up ut uu " +
  "uy uya uych uyen uyet uynh uyt uyn uyp " +
  "y yem yen yeng yet yeu"
).split(" ");

const ALL: ReadonlySet<string> = new Set([
  ...RIMES,
  ...ONSETS.flatMap((onset) => RIMES.map((rime) => onset + rime)),
  // "gì", "giêng": the i belongs to both parts.
  ..."gi gin gim gip gich gieng giet gia".split(" "),
]);

/** Whether letters without marks, in lower case, can be one Vietnamese syllable. */
export const isSyllable = (folded: string): boolean => ALL.has(folded);
