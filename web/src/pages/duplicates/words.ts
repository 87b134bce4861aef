const names: Record<string, [one: string, many: string]> = {
  conversations: ['conversation', 'conversations'],
  enquiries: ['enquiry', 'enquiries'],
  calls: ['call', 'calls'],
  followups: ['follow-up', 'follow-ups'],
  notes: ['note', 'notes'],
  appointments: ['appointment', 'appointments'],
  tickets: ['ticket', 'tickets'],
  tasks: ['task', 'tasks'],
  leads: ['lead', 'leads'],
};

/** `2 calls, 1 note`: what a person would count; entries of the timeline follow by themselves. */
export function movedWords(moved: Record<string, number>): string {
  const parts = Object.entries(moved).flatMap(([kind, count]) => {
    const words = names[kind];
    return words && count ? [`${count} ${words[count === 1 ? 0 : 1]}`] : [];
  });
  return parts.length ? parts.join(', ') : 'nothing but the addresses';
}
