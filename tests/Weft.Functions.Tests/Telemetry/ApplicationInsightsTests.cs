using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Weft.Functions.Telemetry;
using Weft.Language;

namespace Weft.Functions.Tests.Telemetry;

public sealed class ApplicationInsightsTests
{
    [Fact]
    public void Configure_WithoutASampler_KeepsEveryTrace()
    {
        var options = Configured();

        Assert.Equal((1f, null), (options.SamplingRatio, options.TracesPerSecond));
    }

    [Fact]
    public void Configure_WithASampler_LeavesItsShare()
    {
        var options = new AzureMonitorExporterOptions { SamplingRatio = 0.1f, TracesPerSecond = null };

        ApplicationInsights.Configure(options, Settings(("OTEL_TRACES_SAMPLER", "microsoft.fixed_percentage")));

        Assert.Equal(0.1f, options.SamplingRatio);
    }

    [Fact]
    public void Configure_WithoutAnAuthenticationString_SendsWithTheKeyAlone() => Assert.Null(Configured().Credential);

    [Theory]
    [InlineData("Authorization=AAD")]
    [InlineData("ClientId=7a52d1b4-0c5c-4c0f-9a58-1b6f9f7f8d11;Authorization=AAD")]
    public void Configure_WithAnAuthenticationString_SendsByItsIdentity(string authentication) =>
        Assert.NotNull(Configured((ApplicationInsights.AuthenticationString, authentication)).Credential);

    [Theory]
    [InlineData("ClientId=7a52d1b4-0c5c-4c0f-9a58-1b6f9f7f8d11")]
    [InlineData("Authorization=Key")]
    [InlineData("by whatever works")]
    public void Configure_WithAnotherWayToAuthenticate_SaysWhatIsKnown(string authentication)
    {
        var exception = Assert.Throws<WeftException>(() => Configured((ApplicationInsights.AuthenticationString, authentication)));

        Assert.Equal("invalid_setting", exception.Code);
        Assert.Equal(
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING names no way to authenticate that is known: set it to Authorization=AAD, with "
            + ";ClientId=… of a user-assigned identity, or leave it out.",
            exception.Message);
    }

    private static AzureMonitorExporterOptions Configured(params (string Name, string Value)[] settings)
    {
        var options = new AzureMonitorExporterOptions();
        ApplicationInsights.Configure(options, Settings(settings));
        return options;
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
