Feature: Something to send
