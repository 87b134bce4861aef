/** Screens that show what others say: providers of channels, a push service, a language model. An office for each. */
import assistance from './assistance.ts';
import channels from './channels.ts';
import push from './push.ts';

describe('the channels page', channels);
describe('push to a browser', push);
describe('the language layer in the inbox', assistance);
