using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>A server on the loopback that keeps what it is asked and answers, byte by byte, what a test wants.</summary>
/// <remarks>One request a connection.</remarks>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _serving;

    private WireServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public ConcurrentQueue<WireRequest> Requests { get; } = new();

    /// <summary>Gets what completes when a client hung up, or was hung up on.</summary>
    public Task Left => _left.Task;

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Gets the settings that lead the models of both wires here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OPENAI_API_KEY"] = "sk-live-abcdefghijklmnop",
        ["OPENAI_BASE_URL"] = $"{Address}v1",
        ["ANTHROPIC_API_KEY"] = "sk-ant-abcdefghijklmnop",
        ["ANTHROPIC_BASE_URL"] = $"{Address}",
    };

    /// <summary>A server that answers every request by writing to its connection, which is closed thereafter.</summary>
    public static WireServer Writing(Func<NetworkStream, CancellationToken, Task> answer) => new(answer);

    /// <summary>A server that answers every request with a status, headers of the form <c>name: value</c> and a body.</summary>
    public static WireServer Answering(int status, string body, params string[] headers)
    {
        var bytes = Utf8([$"HTTP/1.1 {status} Words", $"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers], body);
        return new WireServer((stream, token) => stream.WriteAsync(bytes, token).AsTask());
    }

    /// <summary>The bytes of an answer: status line and headers, then what comes of the body.</summary>
    public static byte[] Utf8(IReadOnlyList<string> head, string body) =>
        Encoding.UTF8.GetBytes(string.Join("\r\n", [.. head, "Connection: close", "", body]));

    public async ValueTask DisposeAsync()
    {
        // It listens until nobody accepts any more: between two connections it may be just about to.
        await _end.CancelAsync();
        await _serving;
        _listener.Stop();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ConverseAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            Requests.Enqueue(await ReadAsync(stream));
            await _answer(stream, _end.Token);

            // Hanging up in an orderly way lets the client read all that was written before.
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(new byte[256], _end.Token) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The client left first, or the test is over.
        }
        finally
        {
            _left.TrySetResult();
        }
    }

    private async Task<WireRequest> ReadAsync(NetworkStream stream)
    {
        var received = new MemoryStream();
        var chunk = new byte[16 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(chunk, _end.Token);
            received.Write(chunk, 0, read);
            if (Whole(Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length)) is { } request)
            {
                return request;
            }

            if (read == 0)
            {
                throw new IOException("The client left before its request was whole.");
            }
        }
    }

    private static WireRequest? Whole(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(l => l.Split(':', 2)).ToDictionary(p => p[0].ToLowerInvariant(), p => p[1].Trim());
        var body = text[(end + 4)..];
        var first = lines[0].Split(' ');
        return Encoding.UTF8.GetByteCount(body) < int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)
            ? null
            : new WireRequest(first[0], first[1], headers, body);
    }
}
