/** Faces that carry every Vietnamese letter and may be embedded, as files of packages we depend on. */
import { dirname, join } from "node:path";

/** Metrics of Times New Roman, which Nghị định 30/2020 asks for. */
export const serif = () => ({
  normal: require.resolve("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"),
  bold: require.resolve("@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf"),
  italics: require.resolve("@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf"),
  bolditalics: require.resolve("@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf"),
});

/** For pictures: a face without serifs stays legible on a phone. */
export function sans() {
  const folder = join(dirname(require.resolve("pdfmake/fonts/Roboto.js")), "Roboto");
  return {
    family: "Roboto",
    files: [join(folder, "Roboto-Regular.ttf"), join(folder, "Roboto-Medium.ttf")],
  };
}
