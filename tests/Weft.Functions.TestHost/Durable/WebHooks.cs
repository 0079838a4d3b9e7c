using Microsoft.Azure.WebJobs.Host.Config;

namespace Weft.Functions.TestHost.Durable;

/// <summary>Where an extension's web hooks would be: without an answer the Durable extension binds no client.</summary>
#pragma warning disable CS0618 // Obsolete is to mean: for hosts only. This is one.
internal sealed class WebHooks(string address) : IWebHookProvider
#pragma warning restore CS0618
{
    public Uri GetUrl(IExtensionConfigProvider extension) => new($"{address}/runtime/webhooks/durabletask?code=unused");
}
