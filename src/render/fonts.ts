/** The faces that paper and pictures are set in: Latin, Cyrillic and Greek; Devanagari. */
import { fileURLToPath } from 'node:url';

const file = (name: string): string => fileURLToPath(import.meta.resolve(name));

export const regular = file('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
export const bold = file('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf');
export const devanagari = file(
  '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
);
export const fontFiles = [regular, bold, devanagari];
