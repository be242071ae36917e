package dev.rollcall.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final int MOST = 4;

    private final EmbeddedChannel listener = new EmbeddedChannel();
    private final Connections connections = new Connections(() -> MOST);
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    @Test
    void answeredConnection_givesWayToANewOne() {
        Client first = open("10.0.0.1").asks().isAnswered();
        open("10.0.0.1").asks();
        open("10.0.0.1").asks();
        open("10.0.0.1").asks();

        Client newest = open("10.0.0.1");

        assertThat(first.isOpen()).isFalse();
        assertThat(newest.isOpen()).isTrue();
        assertThat(listener.config().isAutoRead()).isTrue();
    }

    @Test
    void connectionThatIsServed_neverGivesWay() {
        for (int i = 0; i < MOST; i++) {
            open("10.0.0.1").asks();
        }

        open("10.0.0.2").asks();

        assertThat(clients).allMatch(EmbeddedChannel::isOpen);
        assertThat(listener.config().isAutoRead()).isFalse();
    }

    @Test
    void listening_goesOnWhenThereIsRoomAgain() {
        for (int i = 0; i <= MOST; i++) {
            open("10.0.0.1").asks();
        }
        assertThat(listener.config().isAutoRead()).isFalse();

        clients.get(0).finishAndReleaseAll();
        listener.advanceTimeBy(1, java.util.concurrent.TimeUnit.SECONDS);
        listener.runScheduledPendingTasks();

        assertThat(listener.config().isAutoRead()).isTrue();
    }

    @Test
    void addressWithMostConnections_givesWayFirst() {
        Client other = open("10.0.0.9").asks().isAnswered();
        Client first = open("10.0.0.1").asks().isAnswered();
        open("10.0.0.1").asks().isAnswered();
        open("10.0.0.1").asks().isAnswered();

        open("10.0.0.7");

        assertThat(other.isOpen()).isTrue();
        assertThat(first.isOpen()).isFalse();
    }

    @Test
    void connectionWithAValidKey_staysAsLongAsThereAreOthers() {
        Client proven = open("10.0.0.1").asks().isAnswered();
        proven.connection.markAuthenticated();
        Client unproven = open("10.0.0.1").asks().isAnswered();
        open("10.0.0.1").asks();
        open("10.0.0.1").asks();

        open("10.0.0.1").asks();
        assertThat(proven.isOpen()).isTrue();
        assertThat(unproven.isOpen()).isFalse();

        open("10.0.0.1").asks();
        assertThat(proven.isOpen()).isFalse();
    }

    @Test
    void addressesOfOneIpv6Network_countAsOne() {
        Client single = open("2001:db8:0:1::1").asks().isAnswered();
        Client first = open("2001:db8:0:2::1").asks().isAnswered();
        open("2001:db8:0:2::2").asks().isAnswered();
        open("2001:db8:0:2::3").asks().isAnswered();

        open("10.0.0.1");

        assertThat(single.isOpen()).isTrue();
        assertThat(first.isOpen()).isFalse();
    }

    @Test
    void requestOverTls_countsMoreWhileItsBodyIsReceived() {
        Client first = open("10.0.0.1").asks();
        first.connection.handshakeEnded();
        open("10.0.0.2");
        assertThat(listener.config().isAutoRead()).isTrue();
        first.close().syncUninterruptibly();

        Client sender = open("10.0.0.3");
        sender.connection.handshakeEnded();
        sender.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
        open("10.0.0.4");

        assertThat(listener.config().isAutoRead()).isFalse();
    }

    private Client open(String address) {
        Client client = new Client(address);
        clients.add(client);
        connections.add(client.connection, client);
        client.connection.opened(false);
        return client;
    }

    /** One connection, with the handler under test in its pipeline. */
    private final class Client extends EmbeddedChannel {

        private final Connection connection;
        private final SocketAddress address;

        Client(String address) {
            super(listener, io.netty.channel.DefaultChannelId.newInstance(), false, false);
            this.connection = new Connection(connections, this);
            this.address = new InetSocketAddress(address, 1);
            try {
                register();
                pipeline().addLast(connection);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return address;
        }

        Client asks() {
            writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
            return this;
        }

        Client isAnswered() {
            writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
            runPendingTasks();
            return this;
        }
    }
}
