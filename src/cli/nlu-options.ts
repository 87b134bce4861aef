import type { Command } from 'commander';

/** `nlu train|predict|eval` and their options; what they do is loaded when one of them runs. */
export function registerNlu(program: Command): void {
  const nlu = program.command('nlu').description('language understanding: train, predict, measure');
  nlu
    .command('train')
    .description('train on labelled lines {text, label}, or the shipped model anew with corrections')
    .option('--data <file>', 'JSON lines {text, label}')
    .option('--corrections <file>', 'JSON lines {text, head, label}: what the organisation overruled')
    .requiredOption('--out <dir>', 'where the model is written')
    .action(async (options) => (await import('./nlu.ts')).nluTrain(options));
  nlu
    .command('predict')
    .description('JSON lines {text, …} to {label, score, top3} or {value}; a line keeps its other fields')
    .option('--model <dir>', 'a model of `nlu train --data`')
    .option('--task <task>', 'with the shipped model: intents, junk, dates, entities or language')
    .requiredOption('--in <file>', 'JSON lines {text, …}')
    .requiredOption('--out <file>', 'JSON lines')
    .option('--now <iso>', 'what "tomorrow" is counted from; default: now')
    .option('--timezone <zone>', 'the zone of dates; default: Asia/Kolkata')
    .action(async (options) => (await import('./nlu.ts')).nluPredict(options));
  nlu
    .command('eval')
    .description('precision, recall and F1 per label, recall at a false positive rate, coverage')
    .requiredOption('--in <file>', 'JSON lines {text, label}')
    .option('--model <dir>', 'a model of `nlu train --data`')
    .option('--task <task>', 'with the shipped model: intents, junk or language')
    .option('--positive <labels>', 'recall of these labels, parted by commas, at a false positive rate')
    .option('--fpr <share>', 'the false positive rate', '0.005')
    .option('--coverage <share>', 'share of in-scope lines that must be answered', '0.9')
    .option('--oos <label>', 'the label of what is out of scope', 'oos')
    .option(
      '--calibrate <file>',
      'in-scope lines that set the threshold of coverage; default: the file itself',
    )
    .option('--json', 'figures as JSON')
    .action(async (options) => (await import('./nlu.ts')).nluEval(options));
}
