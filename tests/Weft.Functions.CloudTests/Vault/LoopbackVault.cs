using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Weft.Functions.CloudTests.Vault;

/// <summary>A Key Vault on loopback, for its real client: TLS, the challenge for a token, soft delete, pages.</summary>
/// <remarks>The client asks for the vault by the name it has on Azure, so that it holds the challenge to that name.</remarks>
internal sealed class LoopbackVault : IAsyncDisposable
{
    private const string Host = "weft-tests.vault.azure.net";
    private static readonly Uri Address = new($"https://{Host}");

    private readonly WebApplication _server;
    private readonly X509Certificate2 _certificate;
    private readonly SocketsHttpHandler _transport;

    private LoopbackVault(WebApplication server, X509Certificate2 certificate)
    {
        (_server, _certificate) = (server, certificate);
        var port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        _transport = new SocketsHttpHandler
        {
            ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.Thumbprint },
        };
        Client = new SecretClient(Address, Credential, new SecretClientOptions
        {
            Transport = new HttpClientTransport(_transport),
            Retry = { Delay = TimeSpan.FromMilliseconds(20) },
        });
    }

    public SecretClient Client { get; }

    /// <summary>Gets who the client says it is.</summary>
    public VaultCredential Credential { get; } = new();

    /// <summary>Gets what is kept.</summary>
    public VaultSecrets Secrets { get; } = new(Address);

    /// <summary>Gets the requests that came with a token: method and path.</summary>
    public ConcurrentQueue<VaultRequest> Requests { get; } = new();

    /// <summary>Gets or sets what answers a request in the place of the vault; null from it: the vault does.</summary>
    public Func<VaultRequest, Task<VaultAnswer?>>? Instead { get; set; }

    public static async Task<LoopbackVault> StartAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(certificate)));
        var server = builder.Build();
        LoopbackVault? vault = null;
        server.Run(context => vault!.AnswerAsync(context)); // nobody knows the port before it is set
        await server.StartAsync();
        return vault = new LoopbackVault(server, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != "Bearer " + VaultCredential.Token)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate =
                $"Bearer authorization=\"https://login.microsoftonline.com/{VaultCredential.Tenant}\", "
                + "resource=\"https://vault.azure.net\"";
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var asked = new VaultRequest(
            context.Request.Method, context.Request.Path.Value!.TrimEnd('/'), context.Request.Query["$skiptoken"].ToString(),
            await reader.ReadToEndAsync(context.RequestAborted), DateTimeOffset.UtcNow);
        Requests.Enqueue(asked);
        var answer = (Instead is { } instead ? await instead(asked) : null) ?? Secrets.Answer(asked);
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString();
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body.ToJsonString(), context.RequestAborted);
    }
}
