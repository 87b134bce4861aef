/** The zone that a customer means when they say a time: what the channel tells, else that of their number's country. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { AppConfig } from '../../core/config-schema.ts';
import { isZone } from './zone.ts';

type Customer = { meta: Record<string, unknown>; phone: unknown };

export function zoneOf({ meta, phone }: Customer, { country, timezone }: AppConfig['organisation']): string {
  if (isZone(meta.timezone)) return meta.timezone;
  const theirs = typeof phone === 'string' ? countryOf(phone) : undefined;
  return theirs && theirs !== country ? (zones[theirs] ?? timezone) : timezone;
}

const countries = new Map<string, string | undefined>();
function countryOf(phone: string): string | undefined {
  if (!countries.has(phone)) {
    if (countries.size > 5000) countries.clear();
    countries.set(phone, parsePhoneNumberFromString(phone)?.country);
  }
  return countries.get(phone);
}

/** Countries with one zone, or nearly; where there are several the office's zone is named with every time instead. */
const zones: Record<string, string> = {
  IN: 'Asia/Kolkata',
  AE: 'Asia/Dubai',
  AF: 'Asia/Kabul',
  AT: 'Europe/Vienna',
  BD: 'Asia/Dhaka',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  BH: 'Asia/Bahrain',
  BT: 'Asia/Thimphu',
  CH: 'Europe/Zurich',
  CN: 'Asia/Shanghai',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EG: 'Africa/Cairo',
  ES: 'Europe/Madrid',
  ET: 'Africa/Addis_Ababa',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GB: 'Europe/London',
  GH: 'Africa/Accra',
  GR: 'Europe/Athens',
  HK: 'Asia/Hong_Kong',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IL: 'Asia/Jerusalem',
  IQ: 'Asia/Baghdad',
  IT: 'Europe/Rome',
  JP: 'Asia/Tokyo',
  KE: 'Africa/Nairobi',
  KR: 'Asia/Seoul',
  KW: 'Asia/Kuwait',
  LK: 'Asia/Colombo',
  MM: 'Asia/Yangon',
  MU: 'Indian/Mauritius',
  MV: 'Indian/Maldives',
  MY: 'Asia/Kuala_Lumpur',
  NG: 'Africa/Lagos',
  NL: 'Europe/Amsterdam',
  NO: 'Europe/Oslo',
  NP: 'Asia/Kathmandu',
  NZ: 'Pacific/Auckland',
  OM: 'Asia/Muscat',
  PH: 'Asia/Manila',
  PK: 'Asia/Karachi',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  QA: 'Asia/Qatar',
  RO: 'Europe/Bucharest',
  SA: 'Asia/Riyadh',
  SE: 'Europe/Stockholm',
  SG: 'Asia/Singapore',
  TH: 'Asia/Bangkok',
  TR: 'Europe/Istanbul',
  TW: 'Asia/Taipei',
  TZ: 'Africa/Dar_es_Salaam',
  UG: 'Africa/Kampala',
  VN: 'Asia/Ho_Chi_Minh',
  ZA: 'Africa/Johannesburg',
};
