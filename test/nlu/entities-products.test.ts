import { describe, expect, it } from '@jest/globals';
import { createCatalogue } from '../../src/nlu/index.ts';

const goods = createCatalogue([
  'Ergonomic Office Chair',
  'Executive Desk',
  'Conference Table',
  'CRM Pro',
  'CRM Enterprise',
  'Solar Water Heater 200L',
  'Solar Water Heater 300L',
  'Solar Panel 540W',
  'Service Desk',
  'Hydraulic Press 50T',
  'Visitor Chair',
  '3 Seater Sofa',
  'Wall Mounted AC 1.5 Ton',
  'LED Flood Light 100W',
]);

describe('products of the catalogue, as customers call them', () => {
  it.each([
    ['price of ergonomic chair', 'Ergonomic Office Chair'],
    ['ergonomik chair', 'Ergonomic Office Chair'],
    ['visiter chairs', 'Visitor Chair'],
    ['i need a desk for executives', 'Executive Desk'],
    ['conf table', 'Conference Table'],
    ['conferance tabel', 'Conference Table'],
    ['crm pro price', 'CRM Pro'],
    ['CRM-Enterprise', 'CRM Enterprise'],
    ['crmpro', 'CRM Pro'],
    ['सीआरएम pro', 'CRM Pro'],
    ['solar heater 200 ltr', 'Solar Water Heater 200L'],
    ['solar water heater 300l', 'Solar Water Heater 300L'],
    ['540w panel', 'Solar Panel 540W'],
    ['solar panels', 'Solar Panel 540W'],
    ['50 ton hydraulic press', 'Hydraulic Press 50T'],
    ['hydrolic press', 'Hydraulic Press 50T'],
    ['sofa', '3 Seater Sofa'],
    ['1.5 ton ac', 'Wall Mounted AC 1.5 Ton'],
    ['floodlight 100w', 'LED Flood Light 100W'],
    ['service desk demo', 'Service Desk'],
    ['not crm pro, crm enterprise', 'CRM Enterprise'],
    ['service desk, sorry crm pro', 'CRM Pro'],
  ])('"%s" is %s', (text, product) => expect(goods.find(text)).toBe(product));

  it.each([
    'chair',
    'crm',
    'solar water heater',
    'your service is bad',
    'what is your office address',
    'press 1 for hindi',
    'table booking at restaurant',
    'wall paint',
    'light bill',
    'i am a pro',
    'water supply problem',
    'enterprise solution',
    'both crm pro and service desk',
    'hello',
    '',
  ])('"%s" is none, or more than one', (text) => expect(goods.find(text)).toBeUndefined());
});

it('knows one product by two spellings of its name', () => {
  const catalogue = createCatalogue(['CRM', 'सीआरएम', 'ERP']);
  expect(['crm', 'सीआरएम चाहिए', 'I need a CRM'].map((text) => catalogue.find(text))).toEqual([
    'CRM',
    'CRM',
    'CRM',
  ]);
});
