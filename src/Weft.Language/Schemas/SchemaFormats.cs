using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Weft.Language.Schemas;

/// <summary>The formats of JSON Schema that are asserted; others (<c>regex</c>, <c>uri-template</c> …) describe, and hold always.</summary>
/// <remarks>
/// Some are read wider than their RFCs, as models and services write them: a time may lack its zone, a date-time have a space for its
/// <c>T</c>, a duration be any of ISO 8601, a URI have characters of all scripts.
/// </remarks>
internal static partial class SchemaFormats
{
    private const string Clock = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private const string HostLabel = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private const string MailLabel = @"[\p{L}\p{M}\p{N}_]([\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}_])?";
    private const string Octet = "(25[0-5]|(2[0-4]|1[0-9]|[1-9])?[0-9])";
    private const string Pointer = "(/([^~/]|~[01])*)*";

    public static bool Holds(string format, string value) => format switch
    {
        "date-time" => value.Length > 11 && value[10] is 'T' or 't' or ' '
            && IsDate(value[..10]) && IsTime(value[11..], mustHaveZone: true),
        "date" => IsDate(value),
        "time" => IsTime(value, mustHaveZone: false),
        "duration" => value.Length > 1 && value[^1] != 'T' && DurationForm().IsMatch(value),
        "email" or "idn-email" => EmailForm().Match(value) is { Success: true } mail && IsMailHost(mail.Groups["ip"]),
        "hostname" => value.Length <= 253 && HostForm().IsMatch(value),
        "ipv4" => Ipv4Form().IsMatch(value),
        "ipv6" => IsIpv6(value),
        "uri" or "iri" or "url" => HasNoSpace(value) && Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && value.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase),
        "uri-reference" or "iri-reference" => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
        "uuid" => value.Length == 36 && Guid.TryParseExact(value, "D", out _),
        "json-pointer" => PointerForm().IsMatch(value),
        "relative-json-pointer" => RelativePointerForm().IsMatch(value),
        _ => true,
    };

    private static bool IsDate(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether it is a time of day; a leap second stands only at the end of a day in UTC.</summary>
    private static bool IsTime(string value, bool mustHaveZone)
    {
        if (TimeForm().Match(value) is not { Success: true } time || (mustHaveZone && !time.Groups["zone"].Success))
        {
            return false;
        }

        if (time.Groups["s"].ValueSpan is not "60")
        {
            return true;
        }

        var offset = MinutesOf(time.Groups["offset"]) * (time.Groups["sign"].ValueSpan is "-" ? -1 : 1);
        return (MinutesOf(time.Groups["minute"]) - offset + 1440) % 1440 == 1439;
    }

    /// <summary>The minutes of <c>hh:mm</c>; none of nothing.</summary>
    private static int MinutesOf(Group clock) =>
        TimeOnly.TryParseExact(clock.ValueSpan, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (int)time.ToTimeSpan().TotalMinutes : 0;

    private static bool IsMailHost(Group ip) =>
        !ip.Success || Ipv4Form().IsMatch(ip.Value) || (ip.Value.StartsWith("IPv6:", StringComparison.Ordinal) && IsIpv6(ip.Value[5..]));

    private static bool IsIpv6(string value) =>
        Ipv6Form().Match(value) is { Success: true } form && (!form.Groups["ipv4"].Success || Ipv4Form().IsMatch(form.Groups["ipv4"].Value))
        && IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static bool HasNoSpace(string value) => value.AsSpan().IndexOfAnyInRange('\0', ' ') < 0;

    [GeneratedRegex(
        $@"^(?<minute>{Clock}):(?<s>[0-5][0-9]|60)(\.[0-9]+)?(?<zone>[Zz]|(?<sign>[+-])(?<offset>{Clock}))?\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex TimeForm();

    [GeneratedRegex(
        @"^P([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex DurationForm();

    [GeneratedRegex(
        $$"""^("[^"\p{Cc}]+"|[^@\s".]+(\.[^@\s".]+)*)@({{MailLabel}}(\.{{MailLabel}})*|\[(?<ip>[0-9A-Za-z:.]+)\])\z""",
        RegexOptions.NonBacktracking)]
    private static partial Regex EmailForm();

    [GeneratedRegex($@"^{HostLabel}(\.{HostLabel})*\z", RegexOptions.NonBacktracking)]
    private static partial Regex HostForm();

    [GeneratedRegex($@"^({Octet}\.){{3}}{Octet}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Ipv4Form();

    [GeneratedRegex(@"^[0-9A-Fa-f:]*:(?<ipv4>[0-9]+\.[0-9.]+)?[0-9A-Fa-f]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Ipv6Form();

    [GeneratedRegex($@"^{Pointer}\z", RegexOptions.NonBacktracking)]
    private static partial Regex PointerForm();

    [GeneratedRegex($@"^(0|[1-9][0-9]*)(#|{Pointer})\z", RegexOptions.NonBacktracking)]
    private static partial Regex RelativePointerForm();
}
