# Starts a program with a listening socket as its descriptor 3, as systemd does (sd_listen_fds(3)): pcscd then needs no root and no folder of
# the system. LISTEN_PID must be the number of the program itself, so this process becomes it.
#   perl with-socket.pl SOCKET COMMAND...
use strict;
use warnings;
use POSIX ();
use Socket;

my ($path, @command) = @ARGV;
# descriptors up to this one stay open in the program
$^F = 16;
unlink $path;
socket(my $listener, AF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
bind($listener, sockaddr_un($path)) or die "bind $path: $!";
listen($listener, 32) or die "listen: $!";
if (fileno($listener) != 3) { defined POSIX::dup2(fileno($listener), 3) or die "dup2: $!"; }
$ENV{LISTEN_FDS} = 1;
$ENV{LISTEN_PID} = $$;
exec { $command[0] } @command or die "exec $command[0]: $!";
