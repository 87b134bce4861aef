/** Zones of the United States and its neighbours in writing: there 05/04 is the fourth of May. */
const MONTH_FIRST =
  /^(?:US\/|Pacific\/(?:Honolulu|Guam)$|America\/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Sitka|Nome|Adak|Menominee|Metlakatla|Yakutat|Puerto_Rico|Indiana\/|Kentucky\/|North_Dakota\/))/;

/** Which number stands first in 05/04 for somebody of this zone, where nothing else is known. */
export const orderIn = (zone: string): 'dmy' | 'mdy' => (MONTH_FIRST.test(zone) ? 'mdy' : 'dmy');
