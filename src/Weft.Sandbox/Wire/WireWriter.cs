using System.Text;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Faults;

namespace Weft.Sandbox.Wire;

/// <summary>Puts an answer on the wire, whole or spoilt.</summary>
internal sealed class WireWriter(TimeProvider clock)
{
    /// <summary>How many bytes a slow answer sends at a time.</summary>
    private const int DripBytes = 64;

    public async Task WriteAsync(HttpContext http, WireResponse response, FaultRule? fault, CancellationToken cancellationToken)
    {
        var answer = http.Response;
        answer.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            answer.Headers[name] = value;
        }

        var chunks = response.Chunks.Select(Encoding.UTF8.GetBytes).ToList();
        if (response.Status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified))
        {
            answer.ContentType = response.ContentType;
            if (!response.IsStream)
            {
                answer.ContentLength = chunks.Sum(chunk => (long)chunk.Length);
            }
        }

        switch (fault?.Kind)
        {
            case FaultKind.CutBody or FaultKind.CutStream:
            case FaultKind.EndStream when !response.IsStream:
                await WriteAllAsync(answer, Half(chunks, response.IsStream), cancellationToken);
                // A reset discards what the client has not read yet: give it the time to see the beginning.
                await Task.Delay(TimeSpan.FromMilliseconds(fault.Ms ?? 20), clock, cancellationToken);
                http.Abort();
                return;
            case FaultKind.EndStream:
                await WriteAllAsync(answer, Half(chunks, isStream: true), cancellationToken);
                return;
            case FaultKind.SlowDrip:
                await DripAsync(answer, chunks, TimeSpan.FromMilliseconds(fault.Ms ?? 50), cancellationToken);
                return;
            default:
                await WriteAllAsync(answer, chunks, cancellationToken);
                return;
        }
    }

    private static List<byte[]> Half(List<byte[]> chunks, bool isStream) => isStream
        ? chunks[..Math.Max(1, chunks.Count / 2)]
        : [.. chunks.Select(chunk => chunk[..(chunk.Length / 2)])];

    private static async Task WriteAllAsync(HttpResponse answer, List<byte[]> chunks, CancellationToken cancellationToken)
    {
        foreach (var chunk in chunks)
        {
            await answer.Body.WriteAsync(chunk, cancellationToken);
            await answer.Body.FlushAsync(cancellationToken);
        }
    }

    private async Task DripAsync(HttpResponse answer, List<byte[]> chunks, TimeSpan pause, CancellationToken cancellationToken)
    {
        foreach (var chunk in chunks)
        {
            for (var from = 0; from < chunk.Length; from += DripBytes)
            {
                await answer.Body.WriteAsync(chunk.AsMemory(from, Math.Min(DripBytes, chunk.Length - from)), cancellationToken);
                await answer.Body.FlushAsync(cancellationToken);
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }
}
