using System.Globalization;
using Microsoft.AspNetCore.Http;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Api.Requests;

/// <summary>Reads query parameters by type; a wrong one is a 400 that names it.</summary>
internal static class QueryValues
{
    public static string? Text(this IQueryCollection query, string name, int longest = 2048)
    {
        var text = query[name].ToString();
        if (text.Length > longest)
        {
            throw ApiException.BadParameter(name, $"must be at most {longest} characters long.");
        }

        return text.Length == 0 ? null : text;
    }

    public static string Require(this IQueryCollection query, string name) =>
        query.Text(name) ?? throw ApiException.BadParameter(name, "is missing.");

    public static int Integer(this IQueryCollection query, string name, int fallback, int least, int most)
    {
        if (query.Text(name) is not { } text)
        {
            return fallback;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw ApiException.BadParameter(name, $"must be a whole number from {least} to {most}, and is '{text}'.");
    }

    public static bool Flag(this IQueryCollection query, string name, bool fallback = false)
    {
        if (!query.ContainsKey(name))
        {
            return fallback;
        }

        return query[name].ToString().ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "" => true,
            "false" or "0" or "no" => false,
            var other => throw ApiException.BadParameter(name, $"must be true or false, and is '{other}'."),
        };
    }

    public static DateTime? Time(this IQueryCollection query, string name)
    {
        if (query.Text(name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw ApiException.BadParameter(name, $"must be a time such as 2025-01-31T12:00:00Z, and is '{text}'.");
    }

    public static T? Word<T>(this IQueryCollection query, string name)
        where T : struct, Enum
    {
        if (query.Text(name) is not { } text)
        {
            return null;
        }

        return EnumWords.TryRead<T>(text, out var value)
            ? value
            : throw ApiException.BadParameter(name, $"must be one of {string.Join(", ", EnumWords.Of<T>())}, and is '{text}'.");
    }
}
