package dev.hakoniwa.aws;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/// A service module of the AWS SDK that is on the class path.
record SdkModule(String name, Class<?> client, Class<?> asyncClient) {
    private static final String SERVICES = "software/amazon/awssdk/services/";
    private static final Pattern CLIENT = Pattern.compile(SERVICES + "(\\w+)/(\\w+)Client\\.class");

    /// An operation of the module that an SDK client can call.
    record SdkOperation(String name, Method method) {
        SdkPojo requestBuilder() {
            return builderOf(method.getParameterTypes()[0]);
        }

        SdkPojo responseBuilder() {
            return builderOf(method.getReturnType());
        }

        SdkPojo call(Object client, SdkPojo request) {
            return (SdkPojo) invoke(method, client, request);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<SdkModule> all() {
        var modules = new ArrayList<SdkModule>();
        for (var path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (path.endsWith(".jar")) {
                modules.addAll(in(path));
            }
        }
        modules.sort(Comparator.comparing(SdkModule::name));
        return modules;
    }

    List<SdkOperation> operations() {
        return Arrays.stream(client.getMethods())
                .filter(method -> takesRequest(method) && method.getParameterCount() == 1)
                .filter(method -> SdkResponse.class.isAssignableFrom(method.getReturnType()))
                .map(method -> new SdkOperation(operationOf(method), method))
                .sorted(Comparator.comparing(SdkOperation::name))
                .toList();
    }

    /// Operations whose input or output is a stream, which clients have in other methods.
    Set<String> streamed() {
        var all = Stream.of(client.getMethods(), asyncClient.getMethods())
                .flatMap(Arrays::stream)
                .filter(SdkModule::takesRequest)
                .filter(method -> !method.getName().endsWith("Paginator"))
                .map(SdkModule::operationOf)
                .collect(Collectors.toCollection(TreeSet::new));
        operations().forEach(operation -> all.remove(operation.name()));
        return all;
    }

    /// A client of the module that speaks through `http`.
    Object connect(SdkHttpClient http) {
        var builder = (AwsClientBuilder<?, ?>) invoke(method(client, "builder"), null);
        builder.region(Region.EU_WEST_1)
                .endpointOverride(URI.create("http://localhost:4566"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("123456789012", "x")));
        ((SdkSyncClientBuilder<?, ?>) builder).httpClient(http);
        return builder.build();
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<SdkModule> in(String jar) {
        try (var file = new JarFile(jar)) {
            return file.stream()
                    .map(entry -> CLIENT.matcher(entry.getName()))
                    .filter(name -> name.matches()
                            && !name.group(2).endsWith("Async")
                            && !name.group(2).startsWith("Default"))
                    .map(name -> module(name.group(1), name.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SdkModule module(String name, String client) {
        var prefix = SERVICES.replace('/', '.') + name + "." + client;
        return new SdkModule(name, load(prefix + "Client"), load(prefix + "AsyncClient"));
    }

    private static boolean takesRequest(Method method) {
        return method.getParameterCount() > 0 && SdkRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
    }

    private static String operationOf(Method method) {
        return Character.toUpperCase(method.getName().charAt(0))
                + method.getName().substring(1);
    }

    private static SdkPojo builderOf(Class<?> type) {
        return (SdkPojo) invoke(method(type, "builder"), null);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Method method(Class<?> type, String name) {
        try {
            return type.getMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object invoke(Method method, @org.jspecify.annotations.Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
