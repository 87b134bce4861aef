export const FaultList = ({ faults }: { faults: string[] }) => (
  <ul className="fault-list">
    {faults.map((fault) => (
      <li key={fault}>{fault}</li>
    ))}
  </ul>
);
