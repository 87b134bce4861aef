# An SMSC by Net::SMPP: another's code at the other end of the line. It prints what it hears, answers, tells that each
# message was delivered, and then brings one of the customer's.
use strict;
use warnings;
use Net::SMPP;
$| = 1;

my $listening = Net::SMPP->new_listen('127.0.0.1', port => 0) or die "cannot listen: $!";
print "port ", $listening->sockport, "\n";
my $line = $listening->accept or die "nobody came: $!";
$line->set_version(0x34);
${*$line}{async} = 1;
my $count = 0;

while (my $pdu = $line->read_pdu) {
    my $command = $pdu->{cmd};
    if ($command == 0x00000009) {
        print "bind $pdu->{system_id} $pdu->{password}\n";
        $line->bind_transceiver_resp(system_id => 'net-smpp', seq => $pdu->{seq});
    } elsif ($command == 0x00000015) {
        print "enquire\n";
        $line->enquire_link_resp(seq => $pdu->{seq});
    } elsif ($command == 0x00000004) {
        my $id = sprintf 'net-%03d', ++$count;
        my $entity = $pdu->{0x1400} // '';
        $entity =~ s/\0//g;
        print join(' ', 'submit', $pdu->{source_addr}, $pdu->{destination_addr}, $pdu->{esm_class},
            $pdu->{data_coding}, "dlt:$entity", unpack('H*', $pdu->{short_message})), "\n";
        $line->submit_sm_resp(message_id => $id, seq => $pdu->{seq});
        $line->deliver_sm(
            source_addr_ton => 1, source_addr => $pdu->{destination_addr},
            destination_addr => $pdu->{source_addr}, esm_class => 4,
            short_message => "id:$id sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:DELIVRD err:000 text:",
        );
        $line->deliver_sm(
            source_addr_ton => 1, source_addr => $pdu->{destination_addr}, destination_addr => '56161',
            data_coding => 8, short_message => pack('n*', 0x0928, 0x092e, 0x0938, 0x094d, 0x0924, 0x0947),
        ) if $count == 1;
    } elsif ($command == 0x80000005) {
        print "acknowledged $pdu->{status}\n";
    } elsif ($command == 0x00000006) {
        $line->unbind_resp(seq => $pdu->{seq});
        print "unbind\n";
        last;
    }
}
