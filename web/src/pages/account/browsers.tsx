/** Browsers that tell me of notices also while the console is closed. */
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useAsk } from '../../api/use-ask.ts';
import {
  addHere,
  currentEndpoint,
  nameOfBrowser,
  type PushHere,
  pushHere,
  removeHere,
} from '../../shared/push.ts';
import { useAct } from '../../shared/use-act.ts';
import { When } from '../../shared/when.tsx';

const whyNot: Record<Exclude<PushHere, 'ready'>, string> = {
  insecure: 'This browser takes push messages only from a secure address (https).',
  unable: 'This browser cannot take push messages.',
  denied:
    'You have forbidden notices of this site in your browser. Allow them in its settings, then come back.',
};

export function Browsers() {
  const { data } = useAsk('notification.browsers', {});
  const [here, setHere] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const subscribe = useAct('notification.subscribe', 'This browser tells you from now on.');
  const unsubscribe = useAct('notification.unsubscribe', 'Taken off.');
  const tryOut = useAct('notification.try', 'Sent by every way that you have.');
  useEffect(() => {
    void currentEndpoint().then(setHere);
  }, []);
  if (!data) return null;
  const { publicKey, items } = data;
  const able = pushHere();
  const mine = items.find(({ endpoint }) => endpoint === here);

  const add = async () => {
    setProblem(undefined);
    try {
      const subscription = await addHere(publicKey!);
      if (await subscribe.act({ ...subscription, browser: nameOfBrowser() })) setHere(subscription.endpoint);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const remove = async (id: string, endpoint: string) => {
    if (endpoint === here) await removeHere();
    await unsubscribe.act({ id });
  };

  return (
    <>
      <ul className="browsers">
        {items.map(({ id, browser, at, endpoint }) => (
          <li key={id}>
            <strong>{browser}</strong>
            <small>
              {endpoint === here ? 'this one, ' : ''}since <When at={at} />
            </small>
            <Button size="small" onClick={() => void remove(id, endpoint)}>
              Take off
            </Button>
          </li>
        ))}
      </ul>
      <div className="browser-add">
        {!publicKey ? (
          <p className="none">Push to browsers is not set up here.</p>
        ) : able !== 'ready' ? (
          <p className="none">{whyNot[able]}</p>
        ) : (
          !mine && (
            <Button onClick={() => void add()} loading={subscribe.busy}>
              Tell me in this browser
            </Button>
          )
        )}
        <Button onClick={() => void tryOut.act({})} loading={tryOut.busy}>
          Send me a notice to try
        </Button>
        {problem && (
          <p className="late" role="alert">
            {problem}
          </p>
        )}
      </div>
    </>
  );
}
