/** Who works at the demo company and who writes to it. Numbers are from the range kept for fiction or clearly made up. */
import type { Identity } from '../core/messaging.ts';

export const demoPassword = 'parley-demo-1';

/** `slack` is who they are on the played Slack, so that the playground knows them. */
export const colleagues = [
  { name: 'Admin', email: 'admin@demo.example', role: 'administrator' },
  { name: 'Meera', email: 'meera@demo.example', role: 'manager', slack: 'T0EMULATOR:U0MANAGER' },
  { name: 'Asha', email: 'asha@demo.example', role: 'tele-caller', slack: 'T0EMULATOR:U0CALLER' },
  { name: 'Ravi', email: 'ravi@demo.example', role: 'tele-caller', slack: 'T0EMULATOR:U0SECOND' },
  { name: 'Divya', email: 'divya@demo.example', role: 'tele-caller', slack: 'T0EMULATOR:U0THIRD' },
];

export type Enquirer = {
  name: string;
  phone: string;
  product: string;
  channel: string;
  account: string;
  thread: string;
  from: Identity[];
  meta?: Record<string, unknown>;
};

const names = [
  'Asha Rao',
  'Vikram Shah',
  'Priya Nair',
  'Sanjay Gupta',
  'Lakshmi Iyer',
  'Imran Khan',
  'Neha Joshi',
  'Ravi Menon',
  'Pooja Desai',
  'Karthik Raja',
  'Fatima Sheikh',
  'Anil Kapadia',
  'Sunita Pillai',
  'Deepak Verma',
  'Rekha Bose',
  'Manoj Patil',
  'Geeta Kulkarni',
  'Suresh Babu',
  'Nisha Thomas',
  'Farhan Ali',
  'Kavya Reddy',
  'Rohit Jain',
  'Swati Ghosh',
  'Prakash Naidu',
  'Meenal Shinde',
  'Gaurav Malhotra',
  'Ananya Sen',
  'Harish Kumar',
  'Divyesh Parmar',
  'Shalini Das',
  'Joseph Mathew',
  'Tara Singh',
];
const products = ['RSoft CRM', 'RSoft Service Desk', 'RSoft ERP'];
const origins = [
  { source: 'Website', medium: 'organic' },
  { source: 'Google', medium: 'cpc', campaign: 'crm-chennai' },
  { source: 'Newspaper', medium: 'print' },
  { source: 'Referral', medium: 'word of mouth' },
  { source: 'Hoarding', medium: 'outdoor' },
];

export const enquirers: Enquirer[] = names.map((name, index) => {
  const phone = `+9198400${String(10_000 + index * 137)}`;
  const whatsapp = index % 3 !== 0;
  return {
    name,
    phone,
    product: products[index % products.length]!,
    meta: origins[index % origins.length]!,
    ...(whatsapp
      ? {
          channel: 'whatsapp',
          account: 'main',
          thread: phone.slice(1),
          from: [{ scheme: 'phone' as const, value: phone }],
        }
      : {
          channel: 'webchat',
          account: 'website',
          thread: `vdemo${index}`,
          from: [{ scheme: 'visitor' as const, value: `vdemo${index}` }],
        }),
  };
});

/** What an enquirer writes: most book a demo, some only ask, one writes junk. */
export function talkOf({ name, phone, product, channel }: Enquirer, index: number): string[] {
  if (index === 13)
    return [
      'hello sir we offer SEO services and guaranteed first page ranking for your website, reply for our packages',
    ];
  const opening = ['Hello', 'Hi, I saw your ad', 'namaste', 'Good morning'][index % 4]!;
  const details = [...(channel === 'webchat' ? [`${name}`, phone] : [name])];
  if (index % 4 === 1) return [opening, product, ...details, 'what is the price?', 'I will call you later'];
  return [
    opening,
    `${product} for ${5 + index} users`,
    ...details,
    ['tomorrow 4 pm', 'day after tomorrow 11 am', 'tomorrow 12 noon'][index % 3]!,
    'yes',
  ];
}
