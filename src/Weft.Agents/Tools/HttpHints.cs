using System.Net.Http.Headers;
using System.Text;

namespace Weft.Agents.Tools;

/// <summary>What an HTTP exchange tells besides its body.</summary>
internal static class HttpHints
{
    /// <summary>The wait that a Retry-After header asks for, from now; never negative.</summary>
    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - now : null);
        return wait is { } value ? TimeSpan.FromTicks(Math.Max(0, value.Ticks)) : null;
    }

    /// <summary>Whether the failure came before any byte of the request was sent.</summary>
    public static bool NothingWasSent(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError or HttpRequestError.UserAuthenticationError;

    /// <summary>Reads a body up to a size.</summary>
    /// <returns>The text, and whether it is whole.</returns>
    public static async Task<(string Text, bool Whole)> ReadTextAsync(
        HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            var fits = Math.Min(read, maxBytes - (int)buffer.Length);
            buffer.Write(chunk, 0, fits);
            if (fits < read)
            {
                return (Decode(buffer, content), false);
            }
        }

        return (Decode(buffer, content), true);
    }

    private static string Decode(MemoryStream buffer, HttpContent content)
    {
        var encoding = Encoding.UTF8;
        if (content.Headers.ContentType?.CharSet is { Length: > 0 } name)
        {
            try
            {
                encoding = Encoding.GetEncoding(name.Trim('"'));
            }
            catch (ArgumentException)
            {
                // An unknown name: UTF-8 is the likely truth.
            }
        }

        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        return encoding.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
    }
}
