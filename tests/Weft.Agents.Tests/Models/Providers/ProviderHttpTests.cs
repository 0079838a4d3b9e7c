using System.Net;
using System.Net.Sockets;
using Weft.Agents.Models.Providers;

namespace Weft.Agents.Tests.Models.Providers;

public sealed class ProviderHttpTests
{
    [Fact]
    public async Task Connection_ThatIsNotMadeInTime_IsAFailureToConnect()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Other systems refuse what their queue does not hold.
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog: 0);
        var clients = await FillAsync((IPEndPoint)listener.LocalEndPoint!, deadline.Token);
        using var http = new ProviderHttp(TimeSpan.FromMilliseconds(200), 65_536, TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{listener.LocalEndPoint}/v1");

        var failure = await Assert.ThrowsAsync<WireFailureException>(() => http.SendAsync(request, deadline.Token));

        Assert.Equal((WireStage.Connect, "no connection within 0.2 s"), (failure.Stage, failure.Message));
        clients.ForEach(c => c.Dispose());
    }

    // A queue of connections that nobody accepts is full after a few: the system answers no more.
    private static async Task<List<Socket>> FillAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var clients = new List<Socket>();
        while (true)
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            clients.Add(client);
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            soon.CancelAfter(TimeSpan.FromMilliseconds(500));
            try
            {
                await client.ConnectAsync(server, soon.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return clients;
            }
        }
    }
}
