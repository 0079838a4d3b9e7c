using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Weft.Agents.Http;

/// <summary>What an HTTP exchange tells besides its body.</summary>
internal static class HttpHints
{
    // What nobody means by a number of seconds.
    private const double MostSeconds = 1e9;

    /// <summary>The wait that the header Retry-After asks for, from now; never negative. Null: it is not there, or says none.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now) =>
        headers.TryGetValues("Retry-After", out var values) ? Wait(values.FirstOrDefault(), now) : null;

    /// <summary>A wait as headers write it: seconds, also with a fraction, or the time when it is over.</summary>
    /// <returns>The wait, never negative; null when the text is neither.</returns>
    public static TimeSpan? Wait(string? text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < MostSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? until > now ? until - now : TimeSpan.Zero
            : null;
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
