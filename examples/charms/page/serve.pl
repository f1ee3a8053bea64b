# serve.pl FOLDER PORT: answers every request with the page.
use strict;
use warnings;
use IO::Socket::INET;

my ($folder, $port) = @ARGV;
my $server = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1',
    LocalPort => $port,
    Listen    => 16,
    ReuseAddr => 1,
) or die "cannot listen on port $port: $@\n";
$SIG{PIPE} = 'IGNORE';
while (my $client = $server->accept) {
    while (my $line = <$client>) {
        last if $line =~ /^\s*$/;
    }
    my $page = do {
        local $/;
        open my $file, '<', "$folder/index.html" or die "cannot read the page: $!\n";
        <$file>;
    };
    print $client "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
        'Content-Length: ', length $page, "\r\n\r\n", $page;
    close $client;
}
