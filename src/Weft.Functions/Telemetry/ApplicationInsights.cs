using System.Data.Common;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Weft.Language;

namespace Weft.Functions.Telemetry;

/// <summary>How the worker reaches Application Insights: the settings that the Functions host reads too.</summary>
internal static class ApplicationInsights
{
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string AuthenticationString = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void Configure(AzureMonitorExporterOptions options, IConfiguration configuration)
    {
        options.ConnectionString = configuration[ConnectionString];
        if (configuration[AuthenticationString] is { Length: > 0 } authentication)
        {
            options.Credential = CredentialOf(authentication);
        }

        // By default the exporter keeps some traces a second, each process its own: of an execution, parts would be missing. A share of
        // all (OTEL_TRACES_SAMPLER=microsoft.fixed_percentage) is chosen by the trace's id, so that every process keeps the same ones.
        if (configuration["OTEL_TRACES_SAMPLER"] is not { Length: > 0 })
        {
            (options.SamplingRatio, options.TracesPerSecond) = (1, null);
        }

        // The platform measures the processor and the memory of each instance.
        options.EnablePerformanceCounters = false;
    }

    /// <summary>The identity that <c>Authorization=AAD;ClientId=…</c> names; without a client id, the app's own.</summary>
    /// <exception cref="WeftException"><c>invalid_setting</c>.</exception>
    internal static ManagedIdentityCredential CredentialOf(string authentication)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = authentication;
        }
        catch (ArgumentException)
        {
            // Refused below.
        }

        if (!parts.TryGetValue("Authorization", out var way) || !string.Equals(way as string, "AAD", StringComparison.OrdinalIgnoreCase))
        {
            throw new WeftException(
                "invalid_setting", Fault.NotSetUp,
                $"{AuthenticationString} names no way to authenticate that is known: set it to Authorization=AAD, with ;ClientId=… of a "
                + "user-assigned identity, or leave it out.");
        }

        return new ManagedIdentityCredential(parts.TryGetValue("ClientId", out var id) && id is string { Length: > 0 } client
            ? ManagedIdentityId.FromUserAssignedClientId(client)
            : ManagedIdentityId.SystemAssigned);
    }
}
