package dev.rollcall.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private static final LocalAddress ADDRESS = new LocalAddress(ConnectionLimitTest.class.getName());

    private final EventLoopGroup group = new DefaultEventLoopGroup(1);
    private final BlockingQueue<Channel> taken = new LinkedBlockingQueue<>();

    @BeforeEach
    void listen() throws InterruptedException {
        ConnectionLimit limit = new ConnectionLimit(2);
        new ServerBootstrap()
                .group(group)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        limit.postInitializeServerChildChannel(connection);
                        taken.add(connection);
                    }
                })
                .bind(ADDRESS)
                .sync();
    }

    @AfterEach
    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void connectionBeyondTheLimit_isTakenWhenAnotherEnds() throws InterruptedException {
        connect().sync();
        connect().sync();
        Channel first = taken();
        Channel second = taken();
        List<ChannelFuture> beyond = List.of(connect(), connect());
        settle();
        assertThat(taken).isEmpty();
        assertThat(beyond).noneMatch(ChannelFuture::isDone);

        first.close().sync();
        Channel third = taken();
        second.close().sync();
        third.close().sync();

        assertThat(taken()).isNotNull();
    }

    /** Within one process a connection is there when the other side takes it. */
    private ChannelFuture connect() {
        return new Bootstrap()
                .group(group)
                .channel(LocalChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(ADDRESS);
    }

    /** Waits until the one event loop has done all that it was given before. */
    private void settle() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            group.submit(() -> {}).sync();
        }
    }

    private Channel taken() throws InterruptedException {
        @Nullable Channel connection = taken.poll(10, TimeUnit.SECONDS);
        assertThat(connection).as("a connection that is taken").isNotNull();
        return Objects.requireNonNull(connection);
    }
}
