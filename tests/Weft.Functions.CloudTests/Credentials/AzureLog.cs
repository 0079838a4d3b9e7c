using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Azure.Core.Diagnostics;

namespace Weft.Functions.CloudTests.Credentials;

/// <summary>Everything that Azure's clients log while it lives.</summary>
internal sealed class AzureLog : IDisposable
{
    private readonly AzureEventSourceListener _listener;

    public AzureLog() => _listener = new AzureEventSourceListener(
        (e, message) => Lines.Enqueue($"{message} {string.Join(' ', e.Payload ?? (IEnumerable<object?>)[])}"), EventLevel.Verbose);

    public ConcurrentQueue<string> Lines { get; } = new();

    public void Dispose() => _listener.Dispose();
}
