using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Weft.Cli.Commands;

/// <summary>One address of <c>--urls</c>.</summary>
/// <param name="Url">As it was given.</param>
/// <param name="IsLoopback">Whether only this machine reaches it.</param>
internal sealed record ListenAddress(string Url, bool IsLoopback)
{
    /// <summary>Reads the addresses, separated by semicolons.</summary>
    /// <exception cref="UsageException">One is no http address.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string urls)
    {
        var given = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return given.Length > 0 ? [.. given.Select(Read)]
            : throw new UsageException("--urls is empty. Write an address such as http://127.0.0.1:7071.");
    }

    public static bool IsTaken(IOException failure) => failure.InnerException is AddressInUseException;

    public static ConfigurationException Taken(string urls) => new($"{urls} is in use. Pick another address with --urls.");

    private static ListenAddress Read(string url)
    {
        var any = url.Replace("://+", "://0.0.0.0", StringComparison.Ordinal).Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(any, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"--urls: '{url}' is no address. Write one such as http://127.0.0.1:7071.");
        }

        if (address.Scheme == "https")
        {
            throw new UsageException($"--urls: '{url}' asks for TLS, which this server leaves to a proxy before it. Listen on http.");
        }

        return new ListenAddress(url, address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
    }
}
