/** Where a visitor came from, as the source, medium and campaign that a lead carries. */
export type Origin = {
  source: string;
  medium: string;
  campaign?: string;
  page?: string;
  /** What the page calls itself. */
  title?: string;
  referrer?: string;
};

export type Arrival = { page?: string; title?: string; referrer?: string; utm?: Record<string, string> };

// First match wins; a paid click is known by the id that the advertiser adds to the address.
const paidClicks: [parameter: string, source: string][] = [
  ['gclid', 'google'],
  ['gbraid', 'google'],
  ['wbraid', 'google'],
  ['msclkid', 'bing'],
  ['fbclid', 'facebook'],
];
const searchEngines = ['google', 'bing', 'duckduckgo', 'yahoo', 'ecosia'];
const socialSites: Record<string, string> = {
  'facebook.com': 'facebook',
  'fb.com': 'facebook',
  'instagram.com': 'instagram',
  'linkedin.com': 'linkedin',
  'lnkd.in': 'linkedin',
  'x.com': 'x',
  't.co': 'x',
  'youtube.com': 'youtube',
};

/** Explicit campaign parameters win over a paid click, that over the referring site; else the website itself. */
export function originOf({ page, title, referrer, utm = {} }: Arrival): Origin {
  const address = parse(page);
  const parameter = (name: string) =>
    short(utm[name] ?? utm[`utm_${name}`] ?? address?.searchParams.get(`utm_${name}`) ?? undefined);
  const campaign = parameter('campaign');
  const rest = {
    ...(campaign && { campaign }),
    ...(page && { page: short(page, 500) }),
    ...(title?.trim() && { title: short(title.trim(), 200) }),
    ...(referrer && { referrer: short(referrer, 500) }),
  };

  const source = parameter('source')?.toLowerCase();
  if (source) return { source, medium: parameter('medium')?.toLowerCase() ?? 'webchat', ...rest };
  const paid = paidClicks.find(([name]) => address?.searchParams.has(name));
  if (paid) return { source: paid[1], medium: paid[1] === 'facebook' ? 'social' : 'cpc', ...rest };
  return {
    ...fromReferrer(
      parse(referrer)?.hostname.replace(/^(www|m|l|lm)\./, ''),
      address?.hostname.replace(/^www\./, ''),
    ),
    ...rest,
  };
}

function fromReferrer(from: string | undefined, site: string | undefined): Pick<Origin, 'source' | 'medium'> {
  if (!from || from === site) return { source: 'website', medium: 'webchat' };
  const engine = searchEngines.find((name) => from.split('.').includes(name));
  if (engine) return { source: engine, medium: 'organic' };
  const social = Object.entries(socialSites).find(([host]) => from === host || from.endsWith(`.${host}`));
  if (social) return { source: social[1], medium: 'social' };
  return { source: 'website', medium: 'referral' };
}

function parse(url: string | undefined): URL | undefined {
  return url && URL.canParse(url) ? new URL(url) : undefined;
}

const short = (value: string | undefined, max = 120) => value?.slice(0, max) || undefined;
