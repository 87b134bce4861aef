/** The contract of every channel over both ways out: one file, since each costs a start. */
import './smpp-contract.ts';
import './twilio-contract.ts';
