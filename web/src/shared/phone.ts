/** Indian numbers are grouped as they are said; others stay as they are. */
export const grouped = (phone: string): string => phone.replace(/^\+91(\d{5})(\d{5})$/, '+91 $1 $2');
