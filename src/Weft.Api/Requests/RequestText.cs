using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Api.Requests;

/// <summary>Reads a request's body as text, within the limit, in the types that a route takes.</summary>
internal static class RequestText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static readonly string[] Json = ["application/json"];

    public static readonly string[] YamlOrJson =
        ["application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain",
            "application/octet-stream"];

    /// <summary>The body, without a byte-order mark; empty when there is none.</summary>
    /// <exception cref="ApiException">413 too large, 415 another type or charset, 400 no valid UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpContext context, IReadOnlyList<string> types)
    {
        var bytes = await ReadBytesAsync(context);
        if (bytes.Length == 0)
        {
            return "";
        }

        RequireType(context.Request.ContentType, types);
        try
        {
            var text = Strict.GetString(bytes.Span);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException)
        {
            throw new ApiException("malformed_text", Fault.Malformed, "The body is not valid UTF-8.");
        }
    }

    /// <summary>The body as it came.</summary>
    /// <exception cref="ApiException">413 too large.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context)
    {
        var limit = context.RequestServices.GetRequiredService<IOptionsMonitor<ApiOptions>>().CurrentValue.MaxBodyBytes;
        return context.Request.ContentLength > limit ? throw TooLarge(limit)
            : ReadBytesAsync(context.Request.Body, limit, context.RequestAborted);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var read = await body.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
            {
                throw TooLarge(limit);
            }
        }
    }

    private static void RequireType(string? contentType, IReadOnlyList<string> types)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return;
        }

        var parsed = MediaTypeHeaderValue.TryParse(contentType, out var type);
        var known = parsed && (types.Contains(type!.MediaType, StringComparer.OrdinalIgnoreCase) // parsed says that there is one.
            || type.MediaType?.EndsWith("+json", StringComparison.OrdinalIgnoreCase) == true
            || (types.Count > 1 && type.MediaType?.EndsWith("+yaml", StringComparison.OrdinalIgnoreCase) == true));
        if (!known)
        {
            throw new ApiException(
                "unsupported_media_type", Fault.UnsupportedMedia,
                $"This route takes {string.Join(", ", types)}, and the body says it is '{contentType}'. Send the header 'Content-Type: "
                + $"{types[0]}'.");
        }

        if (type!.CharSet is { } charset
            && !string.Equals(charset.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)) // known says that there is one.
        {
            throw new ApiException(
                "unsupported_charset", Fault.UnsupportedMedia, $"Bodies are UTF-8, and this one says it is '{charset}'.");
        }
    }

    private static ApiException TooLarge(int limit)
    {
        var problem = ProblemMap.TooLarge(limit);
        return new ApiException(problem.Code, Fault.TooLarge, problem.Detail);
    }
}
