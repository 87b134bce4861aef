import { Tag } from 'antd';
import type { Column } from '../../shared/records.tsx';
import { When } from '../../shared/when.tsx';
import { type Entry, languageWord, stateColours, stateWords } from './words.ts';

export const columns: Column<Entry>[] = [
  {
    key: 'title',
    title: 'Question or title',
    card: 'title',
    render: ({ title, text }) => (
      <span className="entry-name">
        <strong>{title}</strong>
        <small>{text.slice(0, 160)}</small>
      </span>
    ),
  },
  {
    key: 'state',
    title: 'State',
    width: 110,
    card: 'aside',
    render: ({ state }) => <Tag color={stateColours[state]}>{stateWords[state]}</Tag>,
  },
  {
    key: 'language',
    title: 'Language',
    width: 100,
    card: 'line',
    render: ({ language }) => languageWord(language),
  },
  {
    key: 'products',
    title: 'About',
    width: 170,
    card: 'inline',
    render: ({ products }) => products.join(', ') || <span className="none">Everything</span>,
  },
  {
    key: 'used',
    title: 'Given, 30 days',
    width: 130,
    render: ({ used, sent }) => (
      <span title={`By the bot ${used}, sent by colleagues ${sent}`}>
        {used + sent || <span className="none">–</span>}
      </span>
    ),
  },
  {
    key: 'again',
    title: 'Asked on after it',
    width: 140,
    render: ({ askedAgain, used }) =>
      askedAgain ? (
        <span className={askedAgain * 3 > used ? 'late' : undefined}>
          {askedAgain} of {used}
        </span>
      ) : (
        <span className="none">–</span>
      ),
  },
  {
    key: 'at',
    title: 'Changed',
    width: 140,
    card: 'none',
    render: ({ at, by }) => (
      <span title={by}>
        <When at={at} />
      </span>
    ),
  },
];
