import type { CountryCode } from 'libphonenumber-js/min';
import { orderIn } from '../dates/order.ts';

/** Where a number belongs when a country is named beside it. Words in capitals only ("US") are marked by a flag. */
const NAMED: [RegExp, CountryCode][] = [
  [
    /\b(?:uk|u\.k\.?|united kingdom|britain|british|england|london|scotland|wales|manchester|birmingham)\b/i,
    'GB',
  ],
  [/\bUSA?\b|\b(?:u\.s\.a?\.?|usa|united states|america|american|new york|california|texas|chicago)\b/, 'US'],
  [/\b(?:united states|america|american|new york|california|texas|chicago)\b/i, 'US'],
  [/\b(?:canada|canadian|toronto|vancouver)\b/i, 'CA'],
  [/\b(?:uae|u\.a\.e\.?|dubai|abu dhabi|sharjah|emirates)\b/i, 'AE'],
  [/\b(?:saudi|ksa|riyadh|jeddah|dammam)\b/i, 'SA'],
  [/\b(?:qatar|doha)\b/i, 'QA'],
  [/\b(?:oman|muscat)\b/i, 'OM'],
  [/\b(?:kuwait)\b/i, 'KW'],
  [/\b(?:bahrain|manama)\b/i, 'BH'],
  [/\b(?:singapore)\b/i, 'SG'],
  [/\b(?:malaysia|kuala lumpur)\b/i, 'MY'],
  [/\b(?:australia|sydney|melbourne|brisbane|perth)\b/i, 'AU'],
  [/\b(?:new zealand|auckland)\b/i, 'NZ'],
  [/\b(?:germany|german|deutschland|deutsche[rn]?|berlin|münchen|munich|hamburg|frankfurt)\b/i, 'DE'],
  [/\b(?:austria|österreich|wien|vienna)\b/i, 'AT'],
  [/\b(?:switzerland|schweiz|zürich|zurich)\b/i, 'CH'],
  [/\b(?:france|french|français|paris|lyon)\b/i, 'FR'],
  [/\b(?:spain|españa|spanish|madrid|barcelona)\b/i, 'ES'],
  [/\b(?:italy|italia|milan|rome)\b/i, 'IT'],
  [/\b(?:netherlands|holland|amsterdam)\b/i, 'NL'],
  [/\b(?:nepal|kathmandu)\b/i, 'NP'],
  [/\b(?:bangladesh|dhaka)\b/i, 'BD'],
  [/\b(?:sri lanka|colombo)\b/i, 'LK'],
  [/\b(?:kenya|nairobi)\b/i, 'KE'],
  [/\b(?:nigeria|lagos)\b/i, 'NG'],
  [/\b(?:south africa|johannesburg|cape town)\b/i, 'ZA'],
];

/** The country named in the text around a number; the likeliest first. */
export function countriesNamed(text: string): CountryCode[] {
  return NAMED.flatMap(([pattern, country]) => (pattern.test(text) ? [country] : []));
}

const ZONES: [RegExp, CountryCode][] = [
  [/^Europe\/(?:London|Belfast)$/, 'GB'],
  [/^Europe\/Dublin$/, 'IE'],
  [/^Europe\/(?:Berlin|Busingen)$/, 'DE'],
  [/^Europe\/Vienna$/, 'AT'],
  [/^Europe\/Zurich$/, 'CH'],
  [/^(?:Europe\/Madrid|Atlantic\/Canary)$/, 'ES'],
  [/^Europe\/Paris$/, 'FR'],
  [/^Europe\/Rome$/, 'IT'],
  [/^Europe\/Amsterdam$/, 'NL'],
  [/^America\/(?:Mexico_City|Monterrey|Tijuana|Cancun)$/, 'MX'],
  [/^America\/(?:Toronto|Vancouver|Montreal|Edmonton|Winnipeg|Halifax)$/, 'CA'],
  [/^Asia\/Dubai$/, 'AE'],
  [/^Asia\/Riyadh$/, 'SA'],
  [/^Asia\/Singapore$/, 'SG'],
  [/^Asia\/(?:Kolkata|Calcutta)$/, 'IN'],
  [/^Australia\//, 'AU'],
  [/^Pacific\/Auckland$/, 'NZ'],
];

/** Where a number without a country code belongs, by the customer's zone; nothing where a zone says too little. */
export const countryOfZone = (zone: string): CountryCode | undefined =>
  orderIn(zone) === 'mdy' ? 'US' : ZONES.find(([pattern]) => pattern.test(zone))?.[1];
