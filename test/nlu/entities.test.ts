import { describe, expect, it } from '@jest/globals';
import {
  createCatalogue,
  readBudget,
  readCity,
  readCompany,
  readEmail,
  readPerson,
  readPhone,
  readQuantity,
} from '../../src/nlu/index.ts';

describe('telephone numbers', () => {
  it.each([
    ['98765 43210', '+919876543210'],
    ['+91-98765-43210', '+919876543210'],
    ['091-9876543210', '+919876543210'],
    ['00919876543210', '+919876543210'],
    ['0 98765 43210', '+919876543210'],
    ['my no is ९८७६५४३२१०', '+919876543210'],
    ['nine eight seven six five four three two one zero', '+919876543210'],
    ['nine eight double seven six five four three two one', '+919877654321'],
    ['(022) 2345 6789', '+912223456789'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 415 555 2671', '+14155552671'],
    ['whatsapp9876543210', '+919876543210'],
    ['order 20240012345 is late, call 9812345678', '+919812345678'],
    ['not 9812345678, use 9876543210', '+919876543210'],
  ])('"%s" is %s', (text, phone) => expect(readPhone(text, 'IN').phone).toBe(phone));

  it.each([
    'order no 9876543210',
    'pay to 9876543210@upi',
    'Rs 9876543210',
    'A/c 912345678901',
    'invoice INV-2024001234',
    'UTR 912345678912',
    'GSTIN 27ABCDE1234F1Z5',
    'tomorrow 5pm 12/03/2026',
    'budget 5000000',
    'pincode 560001',
    '192.168.100.200',
  ])('"%s" is none', (text) => expect(readPhone(text, 'IN').phone).toBeUndefined());

  it.each([
    ['call me on 987654321', 'too-short'],
    ['my number is 98765432101', 'too-long'],
    ['9999999999', 'invalid'],
  ])('says of "%s" that it is %s', (text, problem) =>
    expect(readPhone(text, 'IN', { expecting: true }).phoneProblem).toBe(problem),
  );
});

describe('e-mail addresses', () => {
  it.each([
    ['Mail me at Ravi.K@Example.com.', 'ravi.k@example.com'],
    ['ravi at example dot com', 'ravi@example.com'],
    ['asha (at) acme (dot) co (dot) in', 'asha@acme.co.in'],
    ['ravi @ example.com', 'ravi@example.com'],
    ['asha.rao at the rate example.com', 'asha.rao@example.com'],
    ['not a@b.com but c@d.com', 'c@d.com'],
    ['see me at acme.com', undefined],
    ['x@y', undefined],
    ['pay 98@upi', undefined],
  ])('"%s" is %s', (text, email) => expect(readEmail(text)).toBe(email));
});

describe('names and companies', () => {
  it.each([
    ['I am Priya Sharma', 'Priya Sharma'],
    ['this is ravi from Acme', 'Ravi'],
    ['mera naam Asha hai', 'Asha'],
    ["my name is JOHN D'SOUZA and my number is 98", "John D'Souza"],
    ['main rahul bol raha hu', 'Rahul'],
    ['मेरा नाम आशा है', 'आशा'],
    ['myself Karthik Iyer from Chennai', 'Karthik Iyer'],
    ['no its Usha not Asha', 'Usha'],
    ['ich heiße Müller', 'Müller'],
    ['me llamo Juan Pérez', 'Juan Pérez'],
    ['Regards, Meena Kapoor', 'Meena Kapoor'],
    ['I am interested in chairs', undefined],
    ['i am looking for crm', undefined],
    ['i am from Pune', undefined],
    ['it is urgent', undefined],
    ['I am a dealer', undefined],
    ['company name is Foo', undefined],
  ])('"%s" names %s', (text, name) => expect(readPerson(text)).toBe(name));

  it.each([
    ['this is ravi from Acme', 'Acme'],
    ['we are Patel Traders Pvt Ltd', 'Patel Traders Pvt Ltd'],
    ['company: Sunrise Industries', 'Sunrise Industries'],
    ['myself Karthik from Chennai', undefined],
    ['calling from home', undefined],
  ])('"%s" works for %s', (text, company) => expect(readCompany(text)).toBe(company));

  it.each([
    ['I live in Pune', 'Pune'],
    ['Bombay', 'Bombay'],
    ['bangalor se hu', 'Bangalore'],
    ['मैं लखनऊ से हूँ', 'Lucknow'],
    ['Sagar here', undefined],
    ['Kota stone tiles', undefined],
  ])('"%s" is in %s', (text, city) => expect(readCity(text)).toBe(city));
});

describe('amounts', () => {
  it.each([
    ['budget 2 lakh', { amount: 200000, currency: 'INR' }],
    ['around 50k', { amount: 50000, currency: 'INR' }],
    ['2-3 lakhs', { amount: 300000, currency: 'INR' }],
    ['₹2.5 lakh', { amount: 250000, currency: 'INR' }],
    ['1 crore', { amount: 10000000, currency: 'INR' }],
    ['$500', { amount: 500, currency: 'USD' }],
    ['1,50,000/-', { amount: 150000, currency: 'INR' }],
    ['dedh lakh', { amount: 150000, currency: 'INR' }],
    ['20 हजार तक', { amount: 20000, currency: 'INR' }],
  ])('"%s" is a budget', (text, budget) => expect(readBudget(text)).toMatchObject(budget));

  it.each(['I paid 5000 rs', 'refund of Rs 2000', 'call 9876543210', '50 chairs', 'at 5 pm'])(
    '"%s" is no budget',
    (text) => expect(readBudget(text)).toBeUndefined(),
  );

  it.each([
    ['need 50 chairs', 50, 'chairs'],
    ['10 nos', 10, 'units'],
    ['25 users', 25, 'users'],
    ['do darjan', 24, 'units'],
    ['200 kg steel', 200, 'kg'],
    ['for 10-15 people', 15, 'users'],
    ['1200 sq ft', 1200, 'sqft'],
  ])('"%s" is %d %s', (text, value, unit) => expect(readQuantity(text)).toEqual({ value, unit }));

  it.each(['5 days', '2 lakh', 'tomorrow 5 pm', '1.5 ton AC', 'flat 4'])('"%s" is no quantity', (text) =>
    expect(readQuantity(text)).toBeUndefined(),
  );
});

describe('products of the catalogue', () => {
  const catalogue = createCatalogue([
    'Ergonomic Office Chair',
    'Executive Desk',
    'Conference Table',
    'CRM Pro',
    'CRM Enterprise',
  ]);
  it.each([
    ['price of ergonomic chairs', 'Ergonomic Office Chair'],
    ['conferance tabel', 'Conference Table'],
    ['crm enterprise please', 'CRM Enterprise'],
    ['crm', undefined],
    ['hello', undefined],
  ])('"%s" is %s', (text, product) => expect(catalogue.find(text)).toBe(product));
});
